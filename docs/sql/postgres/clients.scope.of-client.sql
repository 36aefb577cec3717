-- clients.scope.of-client
-- $1 tenantId: id
-- $2 clientId: id
SELECT scope."resourceId", scope.name, scope."displayName", scope.description, scope.sensitive
FROM client_resource assigned
JOIN scope ON scope."tenantId" = assigned."tenantId" AND scope."resourceId" = assigned."resourceId"
WHERE assigned."tenantId" = $1::uuid AND assigned."clientId" = $2::uuid ORDER BY scope.name
