-- audit.sealing.progress
SELECT "low", "mark", CASE WHEN "markedAt" <= clock_timestamp() - interval '2 seconds'
  AND ("horizon" <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    OR "markedAt" <= clock_timestamp() - interval '10 minutes') THEN 1 ELSE 0 END AS "settled"
FROM "audit_sealing"
