-- clients.client.ids-of-resource
-- $1 tenantId: id
-- $2 resourceId: id
SELECT client."clientId" FROM client_resource assigned
JOIN client ON client."tenantId" = assigned."tenantId" AND client.id = assigned."clientId"
WHERE assigned."tenantId" = $1::uuid AND assigned."resourceId" = $2::uuid
