-- clients.client.ids-of-resource
-- @p0 tenantId: id
-- @p1 resourceId: id
SELECT client."clientId" FROM client_resource assigned
JOIN client ON client."tenantId" = assigned."tenantId" AND client.id = assigned."clientId"
WHERE assigned."tenantId" = @p0 AND assigned."resourceId" = @p1
