import type { Migration } from '../migration';

/** Tenants that are there get the client of the API's documentation, made of the portal's and assigned like it. */
export const migration: Migration = {
  number: 27,
  name: 'swagger-client',
  statements: [
    `INSERT INTO client
      ("tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt", "updatedAt")
    SELECT portal."tenantId", gen_random_uuid(), 'swagger-ui', portal.type, 'API documentation', portal.status,
      portal.origin, portal."securityProfile", portal.metadata || '{"redirect_uris": ["{issuer}/docs/oauth2-redirect.html"],
      "post_logout_redirect_uris": [], "grant_types": ["authorization_code"], "default_scope": "openid"}', now(), now()
    FROM client portal WHERE portal."clientId" = 'admin-web' AND portal.origin = 'built-in'
    ON CONFLICT ("tenantId", "clientId") DO NOTHING`,
    `INSERT INTO client_resource ("tenantId", id, "clientId", "resourceId", "userScopes", "clientScopes")
    SELECT made."tenantId", gen_random_uuid(), made.id, of_portal."resourceId", of_portal."userScopes",
      of_portal."clientScopes"
    FROM client made
    JOIN client portal ON portal."tenantId" = made."tenantId" AND portal."clientId" = 'admin-web'
    JOIN client_resource of_portal ON of_portal."tenantId" = portal."tenantId" AND of_portal."clientId" = portal.id
    WHERE made."clientId" = 'swagger-ui' AND made.origin = 'built-in'
    ON CONFLICT ("tenantId", "clientId", "resourceId") DO NOTHING`,
  ],
};
