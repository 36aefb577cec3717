/** What both engines can hold. */
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** The instant that an `InstantField` names; one beyond what a database can hold is the nearest that it can. */
export function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  return new Date(Math.min(Math.max(Date.parse(text), EARLIEST), LATEST));
}

/** The value of a filter that is about this moment: another at each page, and yet the same list to a cursor. */
export class MovingInstant extends Date {
  override toJSON(): string {
    return 'now';
  }
}
