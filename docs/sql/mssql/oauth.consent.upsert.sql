-- oauth.consent.upsert
-- @p0 scope: text
-- @p1 resources: json
-- @p2 detailHashes: json
-- @p3 now: instant
-- @p4 tenantId: id
-- @p5 userId: id
-- @p6 clientId: id
-- @p7 id: id
BEGIN TRANSACTION;
UPDATE "consent" WITH (UPDLOCK, HOLDLOCK) SET "scope" = @p0, "resources" = @p1,
      "detailHashes" = @p2, "updatedAt" = @p3
    WHERE "tenantId" = @p4 AND "userId" = @p5 AND "clientId" = @p6;
    IF @@ROWCOUNT = 0
    INSERT INTO "consent"
  ("tenantId", "id", "userId", "clientId", "scope", "resources", "detailHashes", "createdAt", "updatedAt") VALUES (@p4, @p7, @p5, @p6, @p0, @p1, @p2, @p3, @p3);
COMMIT TRANSACTION;
