import { Injectable } from '@nestjs/common';
import { ConfiguredClients, withoutIssuer } from '@tokenidp/clients';
import type {
  ConfigClientDto,
  ConfigResourceDto,
  ConfigRoleDto,
  ConfigTrustedIssuerDto,
  ConfigurationDto,
} from './configuration.dto';
import type { State } from './current-state';
import { endOf } from './plan/clients-plan';
import { chosenSettings } from './plan/tenant-plan';

/** A tenant as the shortest document that makes it. */
@Injectable()
export class Exporter {
  constructor(private readonly clients: ConfiguredClients) {}

  document(state: State): ConfigurationDto {
    const { tenant } = state;
    return {
      version: 1,
      tenant: { displayName: tenant.displayName, settings: { ...chosenSettings(tenant) } },
      resources: resourcesOf(state),
      roles: rolesOf(state),
      clients: this.clientsOf(state),
      trustedIssuers: state.trustedIssuers.map(trustedIssuerOf),
    };
  }

  private clientsOf(state: State): ConfigClientDto[] {
    const name = namesOf(state);
    return state.clients.map((client): ConfigClientDto => {
      const { client_id, status, roles, assignments, secrets } = client;
      const assigned = assignments.map(({ resourceId, userScopes, clientScopes }) => ({
        resource: name(resourceId),
        ...(userScopes.length > 0 && { userScopes: userScopes.toSorted() }),
        ...(clientScopes.length > 0 && { clientScopes: clientScopes.toSorted() }),
      }));
      return {
        client_id,
        ...this.clients.brief(state.tenant, client),
        ...(status === 'disabled' && { status }),
        ...(assigned.length > 0 && {
          assignments: assigned.sort((one, other) => inOrder(one.resource, other.resource)),
        }),
        ...(roles.length > 0 && { roles: [...roles] }),
        ...(secrets.length > 0 && {
          secrets: [...Map.groupBy(secrets, ({ name }) => name)]
            .sort(([left], [right]) => (left < right ? -1 : 1))
            .map(([name, same]) => ({ name, ...expiry(endOf(same)) })),
        }),
      };
    });
  }
}

function resourcesOf({ tenant, resources, permissions }: State): ConfigResourceDto[] {
  const [preferred] = tenant.settings.keys.algorithms;
  return resources
    .filter(({ builtIn }) => !builtIn)
    .map((resource): ConfigResourceDto => {
      const { id, identifier, name, tokenFormat, algorithm, accessTokenSeconds, scopes } = resource;
      const own = permissions.filter(({ resourceId }) => resourceId === id);
      const types = (resource.authorizationDetailsTypes ?? []) as ConfigResourceDto['authorizationDetailsTypes'] &
        object;
      return {
        identifier,
        name,
        ...(tokenFormat !== 'jwt' && { tokenFormat }),
        ...(algorithm !== preferred && { algorithm }),
        ...(accessTokenSeconds !== undefined && { accessTokenSeconds }),
        ...(resource.includePermissions && { includePermissions: true }),
        ...(resource.includeRoles && { includeRoles: true }),
        ...(scopes.length > 0 && { scopes: scopes.map(scopeOf) }),
        ...(types.length > 0 && { authorizationDetailsTypes: types }),
        ...(own.length > 0 && { permissions: own.map(({ key, description }) => ({ key, ...described(description) })) }),
      };
    });
}

function scopeOf({ name, displayName, description, sensitive }: State['resources'][number]['scopes'][number]) {
  return {
    name,
    ...(displayName !== name && { displayName }),
    ...described(description),
    ...(sensitive && { sensitive }),
  };
}

function rolesOf(state: State): ConfigRoleDto[] {
  const identifier = namesOf(state);
  return state.roles
    .filter(({ builtIn }) => !builtIn)
    .map(({ name, displayName, description, permissions }) => {
      const granted = permissions.map(({ resourceId, keys }) => ({
        resource: identifier(resourceId),
        keys: keys.toSorted(),
      }));
      granted.sort((one, other) => inOrder(one.resource, other.resource));
      return { name, displayName, ...described(description), ...(granted.length > 0 && { permissions: granted }) };
    });
}

function trustedIssuerOf(row: State['trustedIssuers'][number]): ConfigTrustedIssuerDto {
  const { issuer, jwks, jwks_uri, algorithms, subject, scopes, audiences, enabled } = row;
  return {
    issuer,
    ...(jwks && { jwks: { keys: [...jwks.keys] } }),
    ...(jwks_uri !== undefined && { jwks_uri }),
    algorithms: [...algorithms],
    subject,
    ...(scopes.length > 0 && { scopes: [...scopes] }),
    ...(audiences.length > 0 && { audiences: [...audiences] }),
    ...(!enabled && { enabled }),
  };
}

/** The identifier of an API; of what is ours in the form that is the same everywhere. */
function namesOf({ resources, tenant }: State): (id: string) => string {
  const byId = new Map(
    resources.map(({ id, identifier, builtIn }) => [
      id,
      builtIn ? withoutIssuer(identifier, tenant.issuer) : identifier,
    ]),
  );
  return (id) => byId.get(id) ?? id;
}

function described(description: string): { description?: string } {
  return description === '' ? {} : { description };
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : 1;
}

function expiry(end: Date | null): { expiresAt?: string } {
  return end === null ? {} : { expiresAt: end.toISOString() };
}
