/** @spec RFC 9110 §8.8.3, §13.1.1 — an entity tag is a digest of what was shown; a change names the one it has seen. */
import { ProblemError, sha256 } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';

/** What changes by itself, while nobody edits the object; and what is in the answer to its creation only. */
const VOLATILE = new Set(['lastUsedAt', 'lastSignInAt', 'lastSeenAt', 'failures', 'failingSince', 'client_secret']);

/** A strong tag of the object as it is shown, whatever shows it and in whichever order a database keeps members. */
export function entityTag(view: object): string {
  const text = JSON.stringify(view, (name, value: unknown) => (VOLATILE.has(name) ? undefined : inOrder(value)));
  return `"${sha256(text).slice(0, 27)}"`;
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The tags of a list, `*` among them: weak ones never match (RFC 9110 §13.1.1). */
export function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

/**
 * Which version the request changes. @throws ProblemError (precondition-required) when it does not say
 * @returns throws ProblemError (precondition-failed) when the current view is another one; call it with the row held
 */
export function precondition({ headers }: FastifyRequest): (current: object) => void {
  const said = headers['if-match'];
  if (said === undefined) {
    throw new ProblemError('precondition-required', 'Send the ETag of the object you have read as If-Match.');
  }
  const tags = tagsOf(said);
  return (current) => {
    if (tags.includes('*') || tags.includes(entityTag(current))) return;
    throw new ProblemError('precondition-failed', 'The object has changed since you have read it: read it again.');
  };
}
