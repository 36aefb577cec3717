/** @spec OAuth 2.1 §3.1, §3.2 — unknown ignored, duplicates refused, empty equals absent (S-014). */
import { OAuthError, REQUEST_LIMITS } from '@tokenidp/kernel';

/** A form or query: its raw encoded text, or what Fastify made of it (a duplicate arrives as an array). */
export type FormSource = string | Readonly<Record<string, unknown>> | null | undefined;

/** What may be stored and read again: a text per parameter, an array for a repeatable one. */
export type StoredParameters = Record<string, string | string[]>;

const NONE: ReadonlySet<string> = new Set();

/** The parameters of one request, each at most once. Values are well-formed text without NUL and its like. */
export class Parameters {
  private constructor(private readonly values: ReadonlyMap<string, readonly string[]>) {}

  /** Throws `invalid_request` for a duplicate, a malformed value or too many parameters. */
  static parse(source: FormSource, repeatable: ReadonlySet<string> = NONE): Parameters {
    const { parameters, fault } = Parameters.read(source, repeatable);
    if (fault) throw fault;
    return parameters;
  }

  /** Like `parse`, but leaves what is at fault out and returns the first fault, for whoever must first find out where to answer. */
  static read(
    source: FormSource,
    repeatable: ReadonlySet<string> = NONE,
  ): { parameters: Parameters; fault?: OAuthError } {
    const values = new Map<string, string[]>();
    const faulty = new Set<string>();
    let fault: OAuthError | undefined;
    const entries = entriesOf(source);
    if (entries.length > REQUEST_LIMITS.parameters) {
      return { parameters: new Parameters(values), fault: invalid('Too many parameters') };
    }
    for (const [name, value] of entries) {
      if (value === '') continue;
      const problem = problemOf(name, value, values.has(name) && !repeatable.has(name));
      if (problem) {
        faulty.add(name);
        fault ??= problem;
      } else {
        values.set(name, [...(values.get(name) ?? []), value as string]);
      }
    }
    for (const name of faulty) values.delete(name);
    return { parameters: new Parameters(values), fault };
  }

  /** From what `toJSON` gave. */
  static restore(stored: StoredParameters): Parameters {
    return new Parameters(new Map(Object.entries(stored).map(([name, value]) => [name, [value].flat()])));
  }

  /** The value, or undefined when it was not sent or is empty. */
  get(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** Every value of a repeatable parameter, in the order sent. */
  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  names(): string[] {
    return [...this.values.keys()];
  }

  /** A copy in which one parameter has another value. */
  with(name: string, value: string): Parameters {
    return new Parameters(new Map(this.values).set(name, [value]));
  }

  /** A copy that some parameters are left out of. */
  without(names: ReadonlySet<string>): Parameters {
    return new Parameters(new Map([...this.values].filter(([name]) => !names.has(name))));
  }

  toJSON(): StoredParameters {
    const stored = [...this.values].map(([name, list]) => [name, list.length === 1 ? list[0] : [...list]]);
    return Object.fromEntries(stored) as StoredParameters;
  }
}

function invalid(description: string): OAuthError {
  return new OAuthError('invalid_request', description);
}

// Control characters but tab and line breaks, which a JSON value may hold.
const CONTROL = /[^\P{Cc}\t\n\r]/u;

function problemOf(name: string, value: unknown, duplicate: boolean): OAuthError | null {
  const label = /^[\w.-]{1,64}$/.test(name) ? name : 'A parameter';
  if (duplicate) return invalid(`${label} was sent more than once`);
  if (typeof value !== 'string' || !value.isWellFormed() || CONTROL.test(value)) {
    return invalid(`${label} is not well-formed text`);
  }
  return null;
}

/** Pairs in the order sent; a value that could not be decoded is null. */
function entriesOf(source: FormSource): [string, unknown][] {
  if (typeof source === 'string') return decodeForm(source);
  return Object.entries(source ?? {}).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((each): [string, unknown] => [name, each]) : [[name, value] as [string, unknown]],
  );
}

function decodeForm(text: string): [string, unknown][] {
  return text
    .split('&', REQUEST_LIMITS.parameters + 1)
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      const name = at < 0 ? pair : pair.slice(0, at);
      return [decode(name) ?? '', at < 0 ? '' : decode(pair.slice(at + 1))];
    });
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
