import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import { type Tenant, TenantInitializer } from '@tokenidp/tenancy';
import { ClientCache } from './client-cache';
import { ClientOrigins } from './client-origins';
import { ClientsService } from './clients.service';
import { ResourcesService } from './resources.service';

export const PORTAL_CLIENT_ID = 'admin-web';
/** The page of the API's documentation, at `<issuer>/docs`. */
export const SWAGGER_CLIENT_ID = 'swagger-ui';
/** The one scope of the admin API: it opens the door, permissions decide on the rest. */
export const ADMIN_SCOPE = 'admin';

/** The identifier of a tenant's admin API, which is the audience of the tokens that it accepts. */
export function adminApiIdentifier(tenant: Pick<Tenant, 'issuer'>): string {
  return `${tenant.issuer}/admin/api`;
}

/** Every tenant has the admin API as a resource, and the portal and the API's own documentation as clients of it. */
@Injectable()
export class ClientsInitializer extends TenantInitializer {
  constructor(
    private readonly clients: ClientsService,
    private readonly resources: ResourcesService,
    private readonly clientCache: ClientCache,
    private readonly origins: ClientOrigins,
  ) {
    super();
  }

  async initialize(tenant: Tenant, tx: Transaction): Promise<void> {
    const api = await this.resources.createBuiltIn(tenant, adminApi(tenant), tx);
    const scopes = { userScopes: [ADMIN_SCOPE], clientScopes: [] };
    for (const input of [portal(tenant), swagger(tenant)]) {
      const { client } = await this.clients.create(tenant, input, { tx, origin: 'built-in' });
      await this.clients.assign(tenant, client.id, api.id, { ...scopes, tx });
    }
  }

  /** What is below the issuer has moved with it. */
  override async issuerChanged(_tenant: Tenant, tx: Transaction): Promise<void> {
    await this.clientCache.forgetAll(tx);
    await this.origins.forgetAll(tx);
    await this.resources.forgetAll(tx);
  }
}

function adminApi(tenant: Tenant) {
  return {
    identifier: adminApiIdentifier(tenant),
    name: 'Admin API',
    includePermissions: true,
    scopes: [
      {
        name: ADMIN_SCOPE,
        displayName: 'Administration',
        description: 'Use the administration of this tenant with your permissions',
        sensitive: true,
      },
    ],
  };
}

function portal(tenant: Tenant) {
  return {
    client_id: PORTAL_CLIENT_ID,
    client_name: 'Admin portal',
    type: 'spa',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${tenant.issuer}/admin/callback`],
    post_logout_redirect_uris: [`${tenant.issuer}/admin/`],
    consent: 'implicit',
    default_scope: 'openid profile email',
  };
}

function swagger(tenant: Tenant) {
  return {
    client_id: SWAGGER_CLIENT_ID,
    client_name: 'API documentation',
    type: 'spa',
    grant_types: ['authorization_code'],
    redirect_uris: [`${tenant.issuer}/docs/oauth2-redirect.html`],
    consent: 'implicit',
    default_scope: 'openid',
  };
}
