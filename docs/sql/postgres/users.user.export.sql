-- users.user.export
-- $1 tenantId: id
-- $2 search: text
-- $3 status: identifier
-- $4 emailVerified: boolean
-- $5 locale: identifier
-- $6 roleId: id
-- $7 createdFrom: instant
-- $8 createdTo: instant
-- $9 lastSignInFrom: instant
-- $10 lastSignInTo: instant
-- $11 afterValue: identifier
-- $12 afterId: id
-- $13 take: integer
SELECT t."id", t."username", t."email", t."emailVerified", t."phoneNumber", t."phoneNumberVerified",
  t."status", t."locale", t."passwordExpiredAt", t."lastSignInAt", t."createdAt", t."updatedAt", t."claims", t."attributes", t."usernameNormal" AS "sortValue", t."id" AS "sortId"
FROM "user" t
WHERE t."tenantId" = $1::uuid
  AND (lower((' ' || t."username" || ' '
      || COALESCE(t."email", '') || ' ' || COALESCE(t."claims"->>'name', '') || ' '
      || COALESCE(t."claims"->>'given_name', '') || ' ' || COALESCE(t."claims"->>'family_name', ''))
      COLLATE "pg_c_utf8") LIKE $2::text ESCAPE '\')
  AND (t."status" = $3::text)
  AND (t."emailVerified" = $4::boolean)
  AND (t."locale" = $5::text)
  AND (EXISTS (SELECT 1 FROM "user_role" h
      WHERE h."tenantId" = t."tenantId" AND h."tenantId" = $1::uuid AND h."userId" = t."id" AND h."roleId" = $6::uuid))
  AND (t."createdAt" >= $7::timestamptz)
  AND (t."createdAt" <= $8::timestamptz)
  AND (COALESCE(t."lastSignInAt", '1970-01-01T00:00:00Z') >= $9::timestamptz)
  AND (COALESCE(t."lastSignInAt", '1970-01-01T00:00:00Z') <= $10::timestamptz AND COALESCE(t."lastSignInAt", '1970-01-01T00:00:00Z') > '1970-01-01T00:00:00Z')
  AND (t."usernameNormal", t."id") > ($11::text, $12::uuid)
ORDER BY t."usernameNormal" ASC, t."id" ASC
LIMIT $13::integer
