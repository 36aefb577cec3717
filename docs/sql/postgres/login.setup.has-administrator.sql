-- login.setup.has-administrator
-- $1 tenantId: id
SELECT CASE WHEN EXISTS (
SELECT 1 FROM "user_role" ur
JOIN "role" r ON r."tenantId" = ur."tenantId" AND r."id" = ur."roleId" AND r."name" = 'owner'
WHERE ur."tenantId" = $1::uuid) THEN 1 ELSE 0 END AS "has"
