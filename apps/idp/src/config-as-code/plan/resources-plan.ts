import { assertResource, type NewResource, type Resource } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { ConfigResourceDto } from '../configuration.dto';
import type { State } from '../current-state';
import { atPointer } from './at-pointer';
import { type Entry, type Members, refused, type Step, stepsOf } from './step';

const SECTION = '/resources';
const KEY = /^[a-z][a-z0-9_-]*([.:][a-z0-9_-]+)*$/;

/** A permission, and the API that it is one of. */
export interface PermissionInput {
  readonly resource: string;
  readonly key: string;
  readonly description: string;
}

/** An input with every member. */
export type CompleteResource = Required<NewResource>;

export async function resourceSteps(
  state: State,
  tenant: Tenant,
  wanted: readonly ConfigResourceDto[],
): Promise<Step<CompleteResource>[]> {
  const entries: Entry<CompleteResource>[] = [];
  for (const [at, { permissions: _permissions, ...resource }] of wanted.entries()) {
    const pointer = `${SECTION}/${at}`;
    await atPointer(pointer, () => assertResource(tenant, resource as NewResource));
    const input = complete(tenant, resource as NewResource);
    entries.push({ key: input.identifier, pointer, members: flat(input), input });
  }
  const there = state.resources
    .filter(({ builtIn }) => !builtIn)
    .map((resource) => ({ key: resource.identifier, id: resource.id, members: flat(complete(tenant, resource)) }));
  return stepsOf('resource', SECTION, there, entries);
}

/** Those of an API that goes are not mentioned: they go with it. */
export function permissionSteps(state: State, wanted: readonly ConfigResourceDto[]): Step<PermissionInput>[] {
  const kept = new Set(wanted.map(({ identifier }) => identifier));
  const identifiers = new Map(
    state.resources
      .filter(({ builtIn, identifier }) => !builtIn && kept.has(identifier))
      .map(({ id, identifier }) => [id, identifier]),
  );
  const there = state.permissions.flatMap(({ id, resourceId, key, description }): Entry<PermissionInput>[] => {
    const resource = identifiers.get(resourceId);
    return resource === undefined ? [] : [{ key: `${resource} ${key}`, id, members: { description } }];
  });
  const entries = wanted.flatMap(({ identifier: resource, permissions = [] }, at) =>
    permissions.map(({ key, description = '' }, index): Entry<PermissionInput> => {
      const pointer = `${SECTION}/${at}/permissions/${index}`;
      if (!KEY.test(key)) throw refused(`${pointer}/key`, 'is no permission key');
      return { key: `${resource} ${key}`, pointer, members: { description }, input: { resource, key, description } };
    }),
  );
  return stepsOf('permission', SECTION, there, entries);
}

/** As it would be stored, but for the order of the scopes. */
function complete(tenant: Tenant, resource: NewResource | Resource): CompleteResource {
  const { identifier, name, tokenFormat = 'jwt', algorithm = tenant.settings.keys.algorithms[0]! } = resource;
  const { includePermissions = false, includeRoles = false, authorizationDetailsTypes = [], scopes = [] } = resource;
  return {
    identifier,
    name,
    tokenFormat,
    algorithm,
    accessTokenSeconds: resource.accessTokenSeconds ?? null,
    requiredAcr: resource.requiredAcr ?? null,
    maxAgeSeconds: resource.maxAgeSeconds ?? null,
    includePermissions,
    includeRoles,
    authorizationDetailsTypes,
    scopes: scopes.map((scope) => ({ displayName: scope.name, description: '', sensitive: false, ...scope })),
  };
}

function flat({ identifier: _identifier, scopes, authorizationDetailsTypes, ...members }: CompleteResource): Members {
  const named = scopes.map(({ name, ...scope }) => [`scopes.${name}`, scope]);
  const types = authorizationDetailsTypes.map(({ type, ...described }) => [
    `authorizationDetailsTypes.${type}`,
    described,
  ]);
  return { ...members, ...Object.fromEntries([...named, ...types]) };
}
