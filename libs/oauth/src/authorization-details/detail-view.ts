/** @spec RFC 9396 §5, §13 — what a user is shown of details: the words of their type and every value in them (S-118). */
import type { Resource } from '@tokenidp/clients';
import { type AuthorizationDetail, sha256 } from '@tokenidp/kernel';
import type { ScopeView } from '../authorize/interaction';
import { canonicalJson } from './detail-syntax';
import { detailsAt } from './detail-types';

/** Names one value for ever: what a user agreed to is remembered by it. */
export function detailHash(detail: AuthorizationDetail): string {
  return sha256(canonicalJson(detail));
}

/** One entry for each of the details that are about the resource. */
export function detailViews(
  details: readonly AuthorizationDetail[],
  resource: Resource,
  known: readonly string[],
): ScopeView[] {
  return detailsAt(details, [resource]).map((detail) => {
    const type = resource.authorizationDetailsTypes!.find((each) => each.type === detail.type)!;
    const { type: name, ...members } = detail;
    const facts = Object.entries(members).map(([member, value]) => ({
      name: type.members[member]?.displayName ?? member,
      value: inWords(value),
    }));
    const { displayName, description } = type;
    return { name, displayName, description, sensitive: false, isNew: !known.includes(detailHash(detail)), facts };
  });
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${inWords(each)}`)
    .join(', ');
}
