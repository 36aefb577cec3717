import type { ConfigRoleDto } from '../configuration.dto';
import type { State } from '../current-state';
import type { References } from './references';
import { type Entry, type Members, refused, type Step, stepsOf } from './step';

const SECTION = '/roles';

export interface RoleInputByIdentifier {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** keys, by the identifier of the API */
  readonly permissions: ReadonlyMap<string, readonly string[]>;
}

export function roleSteps(
  state: State,
  references: References,
  wanted: readonly ConfigRoleDto[],
): Step<RoleInputByIdentifier>[] {
  const builtIn = new Set(state.roles.filter((role) => role.builtIn).map(({ name }) => name));
  const entries = wanted.map((role, at): Entry<RoleInputByIdentifier> => {
    const pointer = `${SECTION}/${at}`;
    if (builtIn.has(role.name)) throw refused(`${pointer}/name`, 'A built-in role stays as it is.');
    const input = inputOf(role, references, pointer);
    return { key: role.name, pointer, members: flat(input), input };
  });
  const identifiers = new Map(state.resources.map(({ id, identifier }) => [id, identifier]));
  const there = state.roles
    .filter((role) => !role.builtIn)
    .map(({ id, name, displayName, description, permissions }) => {
      const byIdentifier = permissions.map(
        ({ resourceId, keys }) => [identifiers.get(resourceId) ?? resourceId, keys] as const,
      );
      return { key: name, id, members: flat({ name, displayName, description, permissions: new Map(byIdentifier) }) };
    });
  return stepsOf('role', SECTION, there, entries);
}

function inputOf(role: ConfigRoleDto, references: References, pointer: string): RoleInputByIdentifier {
  const { name, displayName, description = '', permissions = [] } = role;
  const byIdentifier = new Map<string, readonly string[]>();
  for (const [at, { resource, keys }] of permissions.entries()) {
    const place = `${pointer}/permissions/${at}`;
    const identifier = references.resource(resource, `${place}/resource`);
    if (byIdentifier.has(identifier)) throw refused(`${place}/resource`, 'The API is named twice.');
    references.assertPermissions(identifier, keys, `${place}/keys`);
    if (keys.length > 0) byIdentifier.set(identifier, keys);
  }
  return { name, displayName, description, permissions: byIdentifier };
}

function flat({ displayName, description, permissions }: RoleInputByIdentifier): Members {
  const granted = [...permissions].map(([identifier, keys]) => [`permissions.${identifier}`, [...keys].sort()]);
  return { displayName, description, ...Object.fromEntries(granted) };
}
