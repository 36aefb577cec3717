-- audit.sealing.mark
UPDATE "audit_sealing" SET "mark" = (SELECT MAX("position") FROM "audit_event"),
  "markedAt" = SYSDATETIMEOFFSET()
WHERE "mark" IS NULL AND "low" < (SELECT MAX("position") FROM "audit_event")
