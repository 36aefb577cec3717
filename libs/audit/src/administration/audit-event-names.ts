import { AUDIT_EVENTS } from '../events';

/** `user.changed`, or `user.*` for all that is about users. */
export const EVENT_PATTERN = /^[a-z-]+\.(?:\*|[a-z-]+)$/;

/** The names of the closed list that are meant, with commas between; a text that no event has where none is. */
export function eventsNamed(pattern: string): string {
  if (!pattern.endsWith('*')) return pattern;
  return joined(AUDIT_EVENTS.filter((name) => name.startsWith(pattern.slice(0, -1))));
}

/** Those that have the text in their name, or undefined. */
export function eventsContaining(text: string): string | undefined {
  const names = AUDIT_EVENTS.filter((name) => name.includes(text.toLowerCase()));
  return names.length > 0 ? joined(names) : undefined;
}

function joined(names: readonly string[]): string {
  return names.length > 0 ? names.join(',') : '-';
}
