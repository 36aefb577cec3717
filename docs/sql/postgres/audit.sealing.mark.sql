-- audit.sealing.mark
UPDATE "audit_sealing" SET "mark" = (SELECT MAX("position") FROM "audit_event"),
  "markedAt" = clock_timestamp(), "horizon" = pg_snapshot_xmax(pg_current_snapshot())::text::bigint
WHERE "mark" IS NULL AND "low" < (SELECT MAX("position") FROM "audit_event")
