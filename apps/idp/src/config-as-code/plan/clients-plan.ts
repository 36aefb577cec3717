import type { ConfiguredClients, NewSecret } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { ConfigClientDto, ConfigSecretDto } from '../configuration.dto';
import type { State } from '../current-state';
import { atPointer } from './at-pointer';
import type { References } from './references';
import { type Entry, type Members, refused, type Step, stepsOf } from './step';

const SECTION = '/clients';

type There = State['clients'][number];
export type Scopes = { readonly userScopes: readonly string[]; readonly clientScopes: readonly string[] };

export interface ClientInput {
  readonly client_id: string;
  /** metadata and policy, as the administration API takes them */
  readonly registration: Members;
  readonly status: 'active' | 'disabled';
  /** by the identifier of the API */
  readonly assignments: ReadonlyMap<string, Scopes>;
  readonly roles: readonly string[];
  readonly secrets: SecretChanges;
}

export interface SecretChanges {
  readonly added: readonly NewSecret[];
  /** row ids */
  readonly revoked: readonly string[];
}

/** Members beside those that a client registers. */
const BESIDE = /^(status|roles|secrets|assignments\..*)$/;

export function isRegistered(member: string): boolean {
  return !BESIDE.test(member);
}

export interface ClientPlanning {
  readonly state: State;
  /** as it will be */
  readonly tenant: Tenant;
  readonly references: References;
  readonly clients: Pick<ConfiguredClients, 'validate'>;
}

export async function clientSteps(
  { state, tenant, references, clients }: ClientPlanning,
  wanted: readonly ConfigClientDto[],
): Promise<Step<ClientInput>[]> {
  const known = new Map(state.clients.map((client) => [client.client_id, client]));
  const entries: Entry<ClientInput>[] = [];
  for (const [at, client] of wanted.entries()) {
    const pointer = `${SECTION}/${at}`;
    const there = known.get(client.client_id);
    const { input, names } = inputOf(client, there, { references, pointer });
    const validate = () => clients.validate(tenant, client.client_id, input.registration);
    const registered = await atPointer(pointer, validate);
    entries.push({ key: client.client_id, pointer, input, members: flat(registered, input, names) });
  }
  const identifiers = new Map(state.resources.map(({ id, identifier }) => [id, identifier]));
  return stepsOf(
    'client',
    SECTION,
    state.clients.map((client) => entryOf(client, identifiers)),
    entries,
  );
}

function entryOf(client: There, identifiers: ReadonlyMap<string, string>): Entry<ClientInput> {
  const { id, client_id: key, status, roles, secrets } = client;
  const assignments = new Map(
    client.assignments.map(({ resourceId, ...scopes }) => [identifiers.get(resourceId) ?? resourceId, scopes]),
  );
  return { key, id, members: flat(client.members, { status, roles, assignments }, namesOf(secrets)) };
}

function inputOf(
  { client_id, status = 'active', assignments = [], roles = [], secrets, ...registration }: ConfigClientDto,
  there: There | undefined,
  { references, pointer }: { references: References; pointer: string },
): { input: ClientInput; names: readonly string[] } {
  references.assertRoles(roles, `${pointer}/roles`);
  const byIdentifier = new Map<string, Scopes>();
  for (const [at, { resource, userScopes = [], clientScopes = [] }] of assignments.entries()) {
    const place = `${pointer}/assignments/${at}`;
    const identifier = references.resource(resource, `${place}/resource`);
    if (byIdentifier.has(identifier)) throw refused(`${place}/resource`, 'The API is named twice.');
    references.assertScopes(identifier, userScopes, `${place}/userScopes`);
    references.assertScopes(identifier, clientScopes, `${place}/clientScopes`);
    if (userScopes.length + clientScopes.length > 0) byIdentifier.set(identifier, { userScopes, clientScopes });
  }
  const { changes, names } = secretChanges(secrets, there, `${pointer}/secrets`);
  return {
    input: { client_id, registration: { ...registration }, status, assignments: byIdentifier, roles, secrets: changes },
    names,
  };
}

function secretChanges(
  wanted: readonly ConfigSecretDto[] | undefined,
  there: There | undefined,
  pointer: string,
): { changes: SecretChanges; names: readonly string[] } {
  const live = there?.secrets ?? [];
  if (wanted === undefined) return { changes: { added: [], revoked: [] }, names: namesOf(live) };
  const each = wanted.map((secret, at) => {
    if (wanted.findIndex(({ name }) => name === secret.name) < at)
      throw refused(`${pointer}/${at}/name`, 'It is named twice.');
    return secretChange(secret, live, `${pointer}/${at}`);
  });
  const kept = new Set(each.flatMap((change) => change.kept));
  const revoked = live.map(({ id }) => id).filter((id) => !kept.has(id));
  return { changes: { added: each.flatMap(({ added }) => added), revoked }, names: each.map(({ name }) => name) };
}

interface SecretChange {
  readonly name: string;
  readonly kept: readonly string[];
  readonly added: readonly NewSecret[];
}

/** A value that is known already changes nothing; another one takes the place of those of its name. */
function secretChange(
  { name, value, expiresAt }: ConfigSecretDto,
  live: There['secrets'],
  pointer: string,
): SecretChange {
  const same = live.filter((secret) => secret.name === name);
  const kept = same.map(({ id }) => id);
  const end = expiresAt === undefined ? undefined : new Date(expiresAt);
  const endsAsWanted = end === undefined || end.getTime() === endOf(same)?.getTime();
  if (value === undefined) {
    if (same.length === 0) throw refused(pointer, 'There is no such secret yet: give its value.');
    if (!endsAsWanted) throw refused(`${pointer}/expiresAt`, 'Another end needs the value of the secret as well.');
    return { name, kept, added: [] };
  }
  const isKnown = same.some((secret) => secret.is(value));
  if (isKnown && endsAsWanted) return { name, kept, added: [] };
  const added = [{ name, value, ...(end && { expiresAt: end }) }];
  return { name: name + differenceOf(same, isKnown), kept: [], added };
}

function differenceOf(same: There['secrets'], isKnown: boolean): string {
  if (same.length === 0) return '';
  return isKnown ? ANOTHER_END : ANOTHER;
}

/** What a plan says of a secret whose value changes. */
const ANOTHER = ' (another value)';
const ANOTHER_END = ' (another end)';

/** Of secrets of one name: when the last of them ends; null for never. */
export function endOf(same: readonly { expiresAt: Date | null }[]): Date | null {
  const ends = same.map(({ expiresAt }) => expiresAt?.getTime() ?? Infinity);
  const last = Math.max(0, ...ends);
  return Number.isFinite(last) && last > 0 ? new Date(last) : null;
}

function namesOf(secrets: There['secrets']): string[] {
  return [...new Set(secrets.map(({ name }) => name))];
}

function flat(
  registered: Members,
  { status, roles, assignments }: Pick<ClientInput, 'status' | 'roles' | 'assignments'>,
  secrets: readonly string[],
): Members {
  const scopes = [...assignments].map(([identifier, { userScopes, clientScopes }]) => [
    `assignments.${identifier}`,
    { userScopes: [...userScopes].sort(), clientScopes: [...clientScopes].sort() },
  ]);
  const beside = { status, roles: [...roles].sort(), secrets: [...secrets].sort() };
  return { ...registered, ...beside, ...Object.fromEntries(scopes) };
}
