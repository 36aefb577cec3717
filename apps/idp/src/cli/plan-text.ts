export interface PlannedStep {
  readonly action: 'create' | 'update' | 'delete';
  readonly kind: string;
  readonly key: string;
  readonly changes: readonly { member: string; before: unknown; after: unknown }[];
}

export interface Plan {
  readonly digest: string;
  readonly steps: readonly PlannedStep[];
}

const MARKS = { create: '+', update: '~', delete: '-' } as const;
const MAX_VALUE = 200;

/** A plan for people: what is made, changed and deleted, member by member, and how many of each. */
export function planText({ steps }: Plan): string {
  if (steps.length === 0) return 'nothing differs';
  const lines = steps.flatMap(({ action, kind, key, changes }) => [
    `${MARKS[action]} ${kind} ${key}`,
    ...changes.map(({ member, before, after }) => `    ${member}: ${difference(action, before, after)}`),
  ]);
  const count = (action: PlannedStep['action']): number => steps.filter((step) => step.action === action).length;
  const total = `${count('create')} to create, ${count('update')} to change, ${count('delete')} to delete`;
  return [...lines, '', total].join('\n');
}

function difference(action: PlannedStep['action'], before: unknown, after: unknown): string {
  return action === 'create' ? text(after) : `${text(before)} → ${text(after)}`;
}

function text(value: unknown): string {
  const whole = value === null || value === undefined ? '(none)' : JSON.stringify(value);
  return whole.length > MAX_VALUE ? `${whole.slice(0, MAX_VALUE - 1)}…` : whole;
}
