-- audit.sealing.progress
SELECT "low", "mark", CASE WHEN "markedAt" <= DATEADD(minute, -10, SYSDATETIMEOFFSET()) THEN 1 ELSE 0 END
  AS "settled"
FROM "audit_sealing"
