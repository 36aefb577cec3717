-- oauth.consent.upsert
-- @p0 scope: text
-- @p1 resources: json
-- @p2 now: instant
-- @p3 tenantId: id
-- @p4 userId: id
-- @p5 clientId: id
-- @p6 id: id
BEGIN TRANSACTION;
UPDATE "consent" WITH (UPDLOCK, HOLDLOCK) SET "scope" = @p0, "resources" = @p1, "updatedAt" = @p2
    WHERE "tenantId" = @p3 AND "userId" = @p4 AND "clientId" = @p5;
    IF @@ROWCOUNT = 0
    INSERT INTO "consent"
  ("tenantId", "id", "userId", "clientId", "scope", "resources", "createdAt", "updatedAt") VALUES (@p3, @p6, @p4, @p5, @p0, @p1, @p2, @p2);
COMMIT TRANSACTION;
