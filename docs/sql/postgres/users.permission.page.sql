-- users.permission.page
-- $1 tenantId: id
-- $2 search: text
-- $3 resourceId: id
-- $4 roleId: id
-- $5 builtIn: boolean
-- $6 afterValue: identifier
-- $7 afterId: id
-- $8 take: integer
SELECT t."id", t."resourceId", t."key", t."description", t."builtIn", t."createdAt", t."key" AS "sortValue", t."id" AS "sortId"
FROM "permission" t
WHERE t."tenantId" = $1::uuid
  AND (lower(t."key") LIKE $2::text ESCAPE '\' OR lower(t."description") LIKE $2::text ESCAPE '\')
  AND (t."resourceId" = $3::uuid)
  AND (EXISTS (SELECT 1 FROM "role_permission" rp
      WHERE rp."tenantId" = $1::uuid AND rp."permissionId" = t."id" AND rp."roleId" = $4::uuid))
  AND (t."builtIn" = $5::boolean)
  AND (t."key", t."id") > ($6::text, $7::uuid)
ORDER BY t."key" ASC, t."id" ASC
LIMIT $8::integer
