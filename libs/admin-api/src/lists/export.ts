import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Database, List } from '@tokenidp/database';
import { EnumField } from '../fields';
import { plainRow } from './page';

const BATCH = 1000;

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** For the query of an export, beside the filters of the list. */
export class ExportDto {
  @EnumField(EXPORT_FORMATS, {
    description: 'A JSON object a line, or CSV (RFC 4180).',
    optional: true,
    default: 'ndjson',
  })
  format?: ExportFormat;
}

/** What is exported: all rows of a list that fit, each as `view` shows it. */
export interface Exported<Row extends object> {
  readonly list: List<Row>;
  readonly database: Database;
  readonly tenantId: string;
  readonly sort: string;
  readonly filters: Readonly<Record<string, unknown>>;
  readonly view: (row: Row) => object;
  /** the members of a view, in the order of the columns */
  readonly columns: readonly string[];
}

const TYPES: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/** Streamed page by page, as fast as the caller reads: nothing grows with the number of rows. */
export function exportFile<Row extends object>(
  name: string,
  format: ExportFormat,
  rows: Exported<Row>,
): StreamableFile {
  return new StreamableFile(Readable.from(format === 'csv' ? csv(rows) : ndjson(rows)), {
    type: TYPES[format],
    disposition: `attachment; filename="${name}.${format}"`,
  });
}

async function* ndjson<Row extends object>(rows: Exported<Row>): AsyncGenerator<string> {
  for await (const page of pages(rows)) yield page.map((view) => `${JSON.stringify(view)}\n`).join('');
}

async function* csv<Row extends object>(rows: Exported<Row>): AsyncGenerator<string> {
  const { columns } = rows;
  yield `${columns.map(cell).join(',')}\r\n`;
  for await (const page of pages(rows)) {
    yield page.map((view) => `${columns.map((name) => cell(view[name as never])).join(',')}\r\n`).join('');
  }
}

async function* pages<Row extends object>({ list, database, tenantId, sort, filters, view }: Exported<Row>) {
  let after: { value: Date | string | number; id: string } | undefined;
  for (;;) {
    const rows = await list.rows(database, tenantId, { filters, sort, after, take: BATCH });
    if (rows.length > 0) yield rows.map((row) => view(plainRow(row)));
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = { value: last.sortValue, id: last.sortId };
  }
}

/** A spreadsheet runs what begins with `=`, `+`, `-` or `@`: an apostrophe in front makes it text. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
