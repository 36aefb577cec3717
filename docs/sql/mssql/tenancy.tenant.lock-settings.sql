-- tenancy.tenant.lock-settings
-- @p0 id: id
SELECT settings FROM tenant WITH (UPDLOCK, ROWLOCK) WHERE id = @p0
