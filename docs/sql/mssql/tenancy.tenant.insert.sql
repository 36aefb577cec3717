-- tenancy.tenant.insert
-- @p0 id: id
-- @p1 slug: identifier
-- @p2 name: text
-- @p3 displayName: text
-- @p4 status: identifier
-- @p5 kind: identifier
-- @p6 sandbox: boolean
-- @p7 settings: json
-- @p8 now: instant
INSERT INTO tenant (id, slug, name, "displayName", status, kind, sandbox, settings, "createdAt", "updatedAt") SELECT @p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p8 WHERE NOT EXISTS (
SELECT 1 FROM tenant WITH (UPDLOCK, HOLDLOCK) WHERE slug = @p1 OR (kind = 'system' AND @p5 = 'system'))
