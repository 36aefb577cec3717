import type { Invocation } from './command';

export type Row = Readonly<Record<string, unknown>>;

const MAX_CELL = 60;

/** JSON where it was asked for, else a table of these columns (`actor.id` is the member `id` of `actor`), as wide as it has to be. */
export function printRows({ options, print }: Invocation, rows: readonly Row[], columns: readonly string[]): void {
  if (options.json) return print(JSON.stringify(rows, null, 2));
  if (rows.length === 0) return print('nothing found');
  const cells = [
    columns.map((name) => name.toUpperCase()),
    ...rows.map((row) => columns.map((name) => cell(memberAt(row, name)))),
  ];
  const widths = columns.map((_name, at) => Math.max(...cells.map((row) => row[at]!.length)));
  for (const row of cells)
    print(
      row
        .map((text, at) => text.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    );
}

/** JSON where it was asked for, else a line a member. */
export function printObject({ options, print }: Invocation, object: unknown): void {
  if (object === undefined) return;
  if (options.json || typeof object !== 'object' || object === null) return print(JSON.stringify(object, null, 2));
  const entries = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
  const width = Math.max(...entries.map(([name]) => name.length));
  for (const [name, value] of entries) print(`${name.padEnd(width)}  ${text(value)}`);
}

function memberAt(row: Row, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Row | null | undefined)?.[name], row);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  const whole = text(value);
  return whole.length > MAX_CELL ? `${whole.slice(0, MAX_CELL - 1)}…` : whole;
}
