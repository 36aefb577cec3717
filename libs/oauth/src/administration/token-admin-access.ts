/**
 * @spec RFC 6750 §3, RFC 9068 §4, RFC 9700 §2.3 — the administration API is a resource of its own: only a token made for
 * it opens it (S-180), and what its holder may do is read at each call, so that a change acts at once (S-179).
 */
import { Injectable } from '@nestjs/common';
import { AdminAccess, type Administrator, TENANT_PERMISSIONS } from '@tokenidp/admin-api';
import { ADMIN_SCOPE, adminApiIdentifier, ResourcesService } from '@tokenidp/clients';
import { BearerError, parseScope, ProblemError } from '@tokenidp/kernel';
import { type Tenant, tenantOf, TenantsService } from '@tokenidp/tenancy';
import { AccessService } from '@tokenidp/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PresentedAccessToken, ResourceAccess } from '../endpoints/resource-access';
import { DPOP_SIGNING_ALGORITHMS } from '../tokens/dpop-proof';

const ADMINISTER = 'tenants.administer';
const OF_A_TENANT: ReadonlySet<string> = new Set(TENANT_PERMISSIONS.map(({ key }) => key));

/** Administrators by access token: of their own tenant, or operators of the system tenant at any other. */
@Injectable()
export class TokenAdminAccess extends AdminAccess {
  constructor(
    private readonly access: ResourceAccess,
    private readonly resources: ResourcesService,
    private readonly rights: AccessService,
    private readonly tenants: TenantsService,
  ) {
    super();
  }

  async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Administrator> {
    const tenant = tenantOf(request);
    try {
      return await this.find(tenant, request, reply);
    } catch (error) {
      if (!(error instanceof BearerError)) throw error;
      const challenge = error.challenge(tenant.issuer, DPOP_SIGNING_ALGORITHMS);
      const slug = error.status === 403 ? 'forbidden' : 'unauthenticated';
      throw new ProblemError(slug, sentence(error.description), [], { 'www-authenticate': challenge });
    }
  }

  private async find(tenant: Tenant, request: FastifyRequest, reply: FastifyReply): Promise<Administrator> {
    const system = tenant.kind === 'system' ? null : await this.tenants.findSystem();
    const issuers = system ? [tenant, system] : [tenant];
    const path = request.url.split('?', 1)[0]!;
    const token = await this.access.authenticate({ tenant, issuers, path, request, reply });
    const issuer = issuers.find((each) => each.issuer === token.claims.iss) ?? tenant;
    assertForAdministration(issuer, token);
    const held = await this.permissionsOf(issuer, token);
    // Whatever a tenant's own roles say: what concerns the installation is held at the system tenant alone.
    const permissions = issuer.kind === 'system' ? held : ofATenant(held);
    const id = token.standing?.user.id ?? token.client.id;
    if (issuer === tenant) {
      return { tenantId: tenant.id, actor: { type: token.standing ? 'user' : 'client', id }, permissions };
    }
    return { tenantId: tenant.id, ...operator(issuer, id, permissions) };
  }

  /** From memory, and no older than a second. */
  private async permissionsOf(issuer: Tenant, { standing, client }: PresentedAccessToken): Promise<Set<string>> {
    const api = await this.resources.findByIdentifier(issuer.id, adminApiIdentifier(issuer));
    if (!api) return new Set();
    const access = standing
      ? await this.rights.ofUser(issuer.id, standing.user.id, api.id)
      : await this.rights.ofClient(issuer.id, client.id, api.id);
    return new Set(access.permissions);
  }
}

/** A token of the tenant for something else opens nothing here, whatever its scope. @throws BearerError */
function assertForAdministration(issuer: Tenant, { claims, scheme }: PresentedAccessToken): void {
  if (![claims.aud].flat().includes(adminApiIdentifier(issuer))) {
    throw new BearerError('invalid_token', 'the access token is not for the administration', { scheme });
  }
  if (!parseScope(String(claims.scope ?? '')).has(ADMIN_SCOPE)) {
    throw new BearerError('insufficient_scope', `the scope ${ADMIN_SCOPE} is needed`, { scheme, scope: ADMIN_SCOPE });
  }
}

/** What an operator holds at home counts in the other tenant, as far as tenants have it. */
function operator(home: Tenant, id: string, held: ReadonlySet<string>): Pick<Administrator, 'actor' | 'permissions'> {
  if (!held.has(ADMINISTER)) {
    throw new ProblemError('forbidden', `The permission ${ADMINISTER} is missing.`);
  }
  return { actor: { type: 'operator', id, tenantId: home.id }, permissions: ofATenant(held).add(ADMINISTER) };
}

function ofATenant(held: ReadonlySet<string>): Set<string> {
  return new Set([...held].filter((permission) => OF_A_TENANT.has(permission)));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
