/** @spec RFC 9396 §2.1, §2.2, §3.2, §5 — details are what a type of a resource says that they may be, and nothing beside. */
import type { Assignment, AuthorizationDetailsType, Client, DetailMember, Resource } from '@tokenidp/clients';
import type { AuthorizationDetail } from '@tokenidp/kernel';
import { invalidDetails, isTexts } from './detail-syntax';

/** A type, and the resource that knows it. */
export interface KnownType {
  readonly resource: Resource;
  readonly type: AuthorizationDetailsType;
}

const FITS: Readonly<Record<DetailMember['kind'], (value: unknown, values?: readonly string[]) => boolean>> = {
  text: (value, values) => typeof value === 'string' && (values?.includes(value) ?? true),
  texts: (value, values) => isTexts(value) && value.every((each) => values?.includes(each) ?? true),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null,
};

/**
 * Throws `invalid_authorization_details` for a type that the client may not use at one of these resources, and for
 * details that are not as their type wants them.
 */
export function knownTypeOf(
  detail: AuthorizationDetail,
  client: Pick<Client, 'authorization_details_types'>,
  assignments: readonly Assignment[],
): KnownType {
  const isRegistered = client.authorization_details_types?.includes(detail.type) ?? false;
  const known = isRegistered ? assignments.flatMap(({ resource }) => typeAt(resource, detail)) : [];
  if (known.length === 0) throw invalidDetails('the client may not use this type of details');
  if (known.length > 1) throw invalidDetails('several resources know this type: name one of them');
  assertMembers(detail, known[0]!.type);
  return known[0]!;
}

/** Which of the details are about one of the resources. */
export function detailsAt(
  details: readonly AuthorizationDetail[],
  resources: readonly Resource[],
): readonly AuthorizationDetail[] {
  return details.filter((detail) => resources.some((resource) => typeAt(resource, detail).length > 0));
}

/** What the audit trail says of details: their values may be personal. */
export function typesOf(details: readonly AuthorizationDetail[]): { authorizationDetailsTypes?: string[] } {
  return details.length > 0 ? { authorizationDetailsTypes: [...new Set(details.map(({ type }) => type))] } : {};
}

/** §2.2: `locations` names resource servers; whoever is not among them is not meant. */
function typeAt(resource: Resource, { type: name, locations }: AuthorizationDetail): KnownType[] {
  if (isTexts(locations) && !locations.includes(resource.identifier)) return [];
  const type = resource.authorizationDetailsTypes?.find((each) => each.type === name);
  return type ? [{ resource, type }] : [];
}

function assertMembers({ type: _type, ...sent }: AuthorizationDetail, { members }: AuthorizationDetailsType): void {
  for (const [name, value] of Object.entries(sent)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!member) throw invalidDetails('the details have a member that their type does not know');
    if (!FITS[member.kind](value, member.values)) throw invalidDetails('a member of the details has no fit value');
  }
  const isComplete = Object.entries(members).every(([name, { required }]) => !required || Object.hasOwn(sent, name));
  if (!isComplete) throw invalidDetails('the details lack a member that their type needs');
}
