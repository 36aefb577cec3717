-- clients.scope.of-client
-- @p0 tenantId: id
-- @p1 clientId: id
SELECT scope."resourceId", scope.name, scope."displayName", scope.description, scope.sensitive
FROM client_resource assigned
JOIN scope ON scope."tenantId" = assigned."tenantId" AND scope."resourceId" = assigned."resourceId"
WHERE assigned."tenantId" = @p0 AND assigned."clientId" = @p1 ORDER BY scope.name
