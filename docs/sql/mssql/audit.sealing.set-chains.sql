-- audit.sealing.set-chains
-- @p0 chains: json
MERGE "audit_chain" WITH (HOLDLOCK) AS c USING (
  SELECT r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8 AS "tenantId", r."anchorSequence", r."anchorHash",
    r."headSequence", r."headHash", r."stateHash"
  FROM OPENJSON(@p0) WITH ("tenantId" char(36), "anchorSequence" bigint, "anchorHash" varchar(128),
    "headSequence" bigint, "headHash" varchar(128), "stateHash" varchar(128)) AS r
) AS r ON c."tenantId" = r."tenantId"
WHEN MATCHED THEN UPDATE SET "anchorSequence" = r."anchorSequence", "anchorHash" = r."anchorHash",
  "headSequence" = r."headSequence", "headHash" = r."headHash", "stateHash" = r."stateHash"
WHEN NOT MATCHED THEN INSERT ("tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash") VALUES (r."tenantId", r."anchorSequence", r."anchorHash",
  r."headSequence", r."headHash", r."stateHash");
