import type { Migration } from '../migration';

/** Tenants that are there get the client of the API's documentation, made of the portal's and assigned like it. */
export const migration: Migration = {
  number: 27,
  name: 'swagger-client',
  statements: [
    `INSERT INTO client
      ("tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt", "updatedAt")
    SELECT portal."tenantId", LOWER(CONVERT(char(36), NEWID())), 'swagger-ui', portal.type, N'API documentation',
      portal.status, portal.origin, portal."securityProfile",
      JSON_MODIFY(JSON_MODIFY(JSON_MODIFY(JSON_MODIFY(portal.metadata,
        '$.redirect_uris', JSON_QUERY('["{issuer}/docs/oauth2-redirect.html"]')),
        '$.post_logout_redirect_uris', JSON_QUERY('[]')),
        '$.grant_types', JSON_QUERY('["authorization_code"]')),
        '$.default_scope', 'openid'),
      SYSUTCDATETIME(), SYSUTCDATETIME()
    FROM client portal WHERE portal."clientId" = 'admin-web' AND portal.origin = 'built-in'
      AND NOT EXISTS (SELECT 1 FROM client there
        WHERE there."tenantId" = portal."tenantId" AND there."clientId" = 'swagger-ui')`,
    `INSERT INTO client_resource ("tenantId", id, "clientId", "resourceId", "userScopes", "clientScopes")
    SELECT made."tenantId", LOWER(CONVERT(char(36), NEWID())), made.id, of_portal."resourceId", of_portal."userScopes",
      of_portal."clientScopes"
    FROM client made
    JOIN client portal ON portal."tenantId" = made."tenantId" AND portal."clientId" = 'admin-web'
    JOIN client_resource of_portal ON of_portal."tenantId" = portal."tenantId" AND of_portal."clientId" = portal.id
    WHERE made."clientId" = 'swagger-ui' AND made.origin = 'built-in'
      AND NOT EXISTS (SELECT 1 FROM client_resource there WHERE there."tenantId" = made."tenantId"
        AND there."clientId" = made.id AND there."resourceId" = of_portal."resourceId")`,
  ],
};
