-- oauth.consent.upsert
-- $1 tenantId: id
-- $2 id: id
-- $3 userId: id
-- $4 clientId: id
-- $5 scope: text
-- $6 resources: json
-- $7 detailHashes: json
-- $8 now: instant
INSERT INTO "consent"
("tenantId", "id", "userId", "clientId", "scope", "resources", "detailHashes", "createdAt", "updatedAt") VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::jsonb, $7::jsonb, $8::timestamptz, $8::timestamptz)
  ON CONFLICT ("tenantId", "userId", "clientId")
  DO UPDATE SET "scope" = EXCLUDED."scope", "resources" = EXCLUDED."resources",
    "detailHashes" = EXCLUDED."detailHashes", "updatedAt" = EXCLUDED."updatedAt"
