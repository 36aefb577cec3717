-- audit.sealing.insert-seals
-- @p0 seals: json
INSERT INTO "audit_seal" ("tenantId", "sequence", "eventId", "hash", "sealedAt")
SELECT r."tenantId", r."sequence", r."eventId", r."hash", r."sealedAt" FROM OPENJSON(@p0)
  WITH ("tenantId" char(36), "sequence" bigint, "eventId" char(36), "hash" varchar(128),
    "sealedAt" datetimeoffset(3)) AS r
