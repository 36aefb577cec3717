-- users.user.export
-- @p0 tenantId: id
-- @p1 search: text
-- @p2 status: identifier
-- @p3 emailVerified: boolean
-- @p4 locale: identifier
-- @p5 roleId: id
-- @p6 createdFrom: instant
-- @p7 createdTo: instant
-- @p8 lastSignInFrom: instant
-- @p9 lastSignInTo: instant
-- @p10 afterValue: identifier
-- @p11 afterId: id
-- @p12 take: integer
SELECT t."id", t."username", t."email", t."emailVerified", t."phoneNumber", t."phoneNumberVerified",
  t."status", t."locale", t."passwordExpiredAt", t."lastSignInAt", t."createdAt", t."updatedAt", t."claims", t."attributes", t."usernameNormal" AS "sortValue", t."id" AS "sortId"
FROM "user" t
WHERE t."tenantId" = @p0
  AND (LOWER(CONCAT(' ', t."username", ' ', t."email", ' ', JSON_VALUE(t."claims", '$.name'), ' ',
      JSON_VALUE(t."claims", '$.given_name'), ' ', JSON_VALUE(t."claims", '$.family_name'))) LIKE @p1 ESCAPE '\')
  AND (t."status" = @p2)
  AND (t."emailVerified" = @p3)
  AND (t."locale" = @p4)
  AND (EXISTS (SELECT 1 FROM "user_role" h
      WHERE h."tenantId" = t."tenantId" AND h."tenantId" = @p0 AND h."userId" = t."id" AND h."roleId" = @p5))
  AND (t."createdAt" >= @p6)
  AND (t."createdAt" <= @p7)
  AND (COALESCE(t."lastSignInAt", '1970-01-01T00:00:00Z') >= @p8)
  AND (COALESCE(t."lastSignInAt", '1970-01-01T00:00:00Z') <= @p9 AND COALESCE(t."lastSignInAt", '1970-01-01T00:00:00Z') > '1970-01-01T00:00:00Z')
  AND (t."usernameNormal" > @p10 OR (t."usernameNormal" = @p10 AND t."id" > @p11))
ORDER BY t."usernameNormal" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p12 ROWS ONLY
