-- tenancy.tenant.lock-settings
-- $1 id: id
SELECT settings FROM tenant WHERE id = $1::uuid FOR UPDATE
