import { invalid } from './client-metadata-error';

/** Metadata as it arrives: from JSON, so with anything in any member. Members nobody reads are ignored (RFC 7591 §2). */
export type MetadataInput = Readonly<Record<string, unknown>>;

const MAX_TEXT = 2048;

/** The member's value; null counts as absent (RFC 7592 §2.2), and only own members count. */
export function member(input: MetadataInput, name: string): unknown {
  return Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined;
}

export function textMember(input: MetadataInput, name: string, maxLength = MAX_TEXT): string | undefined {
  const value = member(input, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalid(name, 'must be a string');
  if (value.length === 0 || value.length > maxLength) throw invalid(name, `must have 1 to ${maxLength} characters`);
  return value;
}

export function textListMember(input: MetadataInput, name: string, maxItems = 50): string[] | undefined {
  const value = member(input, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length > maxItems) throw invalid(name, `must be a list of at most ${maxItems}`);
  for (const each of value as unknown[]) {
    if (typeof each !== 'string' || each.length === 0 || each.length > MAX_TEXT) {
      throw invalid(name, `must hold strings of 1 to ${MAX_TEXT} characters`);
    }
  }
  if (new Set(value).size !== value.length) throw invalid(name, 'must not name anything twice');
  return [...(value as string[])];
}

export function booleanMember(input: MetadataInput, name: string): boolean | undefined {
  const value = member(input, name);
  if (value !== undefined && typeof value !== 'boolean') throw invalid(name, 'must be true or false');
  return value;
}

export function integerMember(
  input: MetadataInput,
  name: string,
  range: readonly [number, number],
): number | undefined {
  const value = member(input, name);
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || (value as number) < range[0] || (value as number) > range[1]) {
    throw invalid(name, `must be a whole number from ${range[0]} to ${range[1]}`);
  }
  return value as number;
}

/** A member whose value is one of a closed list. */
export function choiceMember<T extends string>(
  input: MetadataInput,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = member(input, name);
  if (value === undefined) return undefined;
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw invalid(name, `must be one of ${choices.join(', ')}`);
  return choice;
}

/** A list member whose items come from a closed list. */
export function choiceListMember<T extends string>(
  input: MetadataInput,
  name: string,
  choices: readonly T[],
): T[] | undefined {
  return textListMember(input, name)?.map((value) => {
    const choice = choices.find((each) => each === value);
    if (choice === undefined) throw invalid(name, `may hold only ${choices.join(', ')}`);
    return choice;
  });
}
