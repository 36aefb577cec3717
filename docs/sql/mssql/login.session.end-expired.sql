-- login.session.end-expired
-- @p0 batch: integer
-- @p1 now: instant
BEGIN TRANSACTION;
DECLARE @ended TABLE (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8, "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8, "userId" char(36) COLLATE Latin1_General_100_BIN2_UTF8);
    UPDATE TOP (@p0) s SET "endedAt" = @p1
    OUTPUT inserted."tenantId", inserted."id", inserted."userId" INTO @ended
    FROM "session" s WITH (READPAST, UPDLOCK, ROWLOCK)
    WHERE s."endedAt" IS NULL AND s."idleExpiresAt" <= @p1;

  SELECT e."tenantId", e."id" AS "sid", e."userId", c."clientId" AS "client_id",
    CASE WHEN JSON_VALUE(c."metadata", '$.backchannel_logout_uri') IS NULL THEN 0 ELSE 1 END AS "isBackchannel"
  FROM @ended e
  LEFT JOIN "session_client" j ON j."tenantId" = e."tenantId" AND j."sessionId" = e."id"
  LEFT JOIN "client" c ON c."tenantId" = j."tenantId" AND c."id" = j."clientId"
  ORDER BY e."id", c."clientId";
COMMIT TRANSACTION;
