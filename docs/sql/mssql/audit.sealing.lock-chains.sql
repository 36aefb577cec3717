-- audit.sealing.lock-chains
-- @p0 tenantIds: json
SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash" FROM "audit_chain" WITH (UPDLOCK, ROWLOCK)
WHERE "tenantId" IN (SELECT CAST(t."value" AS char(36)) COLLATE Latin1_General_100_BIN2_UTF8
  FROM OPENJSON(@p0) AS t)
