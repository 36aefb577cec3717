import { ProblemError, type ProblemField, sha256 } from '@tokenidp/kernel';
import { isDeepStrictEqual } from 'node:util';

export const ACTIONS = ['create', 'update', 'delete'] as const;
export const KINDS = ['tenant', 'resource', 'permission', 'role', 'client', 'trusted-issuer'] as const;

export type Action = (typeof ACTIONS)[number];
export type Kind = (typeof KINDS)[number];
export type Members = Readonly<Record<string, unknown>>;

export interface MemberChange {
  readonly member: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Something that is, or is wanted: told from others of its kind by the key, compared member by member. */
export interface Entry<Input = unknown> {
  readonly key: string;
  readonly members: Members;
  /** the row that is there */
  readonly id?: string;
  /** where the document says so */
  readonly pointer?: string;
  /** what it is made of */
  readonly input?: Input;
}

/** What an apply does, with all that it needs for it. */
export interface Step<Input = unknown> {
  readonly action: Action;
  readonly kind: Kind;
  readonly key: string;
  readonly changes: readonly MemberChange[];
  /** of what is changed or deleted */
  readonly id?: string;
  readonly pointer: string;
  /** of what is created or changed */
  readonly input?: Input;
}

export interface PlannedStep {
  action: Action;
  kind: Kind;
  key: string;
  changes: MemberChange[];
}

/** What makes the entries there are those that are wanted. @throws ProblemError for a key that is named twice */
export function stepsOf<Input>(
  kind: Kind,
  section: string,
  there: readonly Entry<Input>[],
  wanted: readonly Entry<Input>[],
): Step<Input>[] {
  assertEachOnce(wanted);
  const before = new Map(there.map((entry) => [entry.key, entry]));
  const kept = new Set(wanted.map(({ key }) => key));
  const made = wanted.flatMap((entry): Step<Input>[] => {
    const { key, pointer = section, input } = entry;
    const known = before.get(key);
    const changes = changesOf(known?.members ?? {}, entry.members);
    if (known && changes.length === 0) return [];
    return [{ action: known ? 'update' : 'create', kind, key, changes, id: known?.id, pointer, input }];
  });
  const gone = there.filter(({ key }) => !kept.has(key));
  const deleted = gone.map(({ key, id }): Step<Input> => ({
    action: 'delete',
    kind,
    key,
    changes: [],
    id,
    pointer: section,
  }));
  return [...made, ...deleted];
}

function changesOf(before: Members, after: Members): MemberChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null))
    .map((member) => ({ member, before: before[member] ?? null, after: after[member] ?? null }));
}

function assertEachOnce(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { key, pointer = '' } of entries) {
    if (seen.has(key)) throw refused(pointer, `${JSON.stringify(key)} is named twice.`);
    seen.add(key);
  }
}

export function refused(pointer: string, detail: string, more: readonly ProblemField[] = []): ProblemError {
  return new ProblemError('invalid-input', 'The configuration is not valid; nothing was changed.', [
    { pointer, detail },
    ...more,
  ]);
}

/** What is shown of the steps: no row ids, and nothing of secrets but their names. */
export function shown(steps: readonly Step[]): PlannedStep[] {
  return steps.map(({ action, kind, key, changes }) => ({ action, kind, key, changes: [...changes] }));
}

export function digestOf(steps: readonly Step[]): string {
  return sha256(JSON.stringify(shown(steps)));
}
