import type { Database } from '../database';
import { Statement, statement } from '../statement';
import type { ListDefinition, ListPosition, ListRequest } from './list-definition';
import { listText } from './list-text';

/** A row with the place it has in its list. */
export type Listed<Row> = Row & { sortValue: ListPosition['value']; sortId: string };

/** Pages of one tenant's rows by keyset: page one and page one thousand cost the same. Make it once, at module level. */
export class List<Row extends object> {
  private readonly statements = new Map<string, Statement>();

  /** Registers the statement with every filter, which stands for all others in the dump and in the contract tests. */
  constructor(private readonly definition: ListDefinition) {
    const [sort = ''] = Object.keys(definition.sorts);
    const filters = Object.keys(definition.filters);
    statement(listText(definition, { filters, sort, isDescending: false, isContinued: true }));
  }

  get sorts(): string[] {
    return Object.keys(this.definition.sorts).flatMap((name) => [name, `-${name}`]);
  }

  /** Whether the places of that order are instants. */
  isByInstant(sort: string): boolean {
    return this.definition.sorts[sort.replace(/^-/, '')]?.type === 'instant';
  }

  /** At most `take` rows after the given position. @throws Error for a sort or filter that is not the list's */
  async rows(database: Database, tenantId: string, request: ListRequest): Promise<Listed<Row>[]> {
    const { filters = {}, sort, after, take } = request;
    const asked = Object.entries(filters).filter(([, value]) => value !== undefined);
    const chosen = this.statementOf(asked.map(([name]) => name).sort(), sort, after !== undefined);
    const position = after ? { afterValue: after.value, afterId: after.id } : {};
    return database.rows(chosen, { ...Object.fromEntries(asked), ...position, tenantId, take } as never);
  }

  private statementOf(filters: readonly string[], sort: string, isContinued: boolean): Statement {
    const shape = `${filters.join()} ${sort} ${isContinued}`;
    const known = this.statements.get(shape);
    if (known) return known;
    const isDescending = sort.startsWith('-');
    const name = isDescending ? sort.slice(1) : sort;
    const made = new Statement(listText(this.definition, { filters, sort: name, isDescending, isContinued }));
    this.statements.set(shape, made);
    return made;
  }
}

/** For a filter `lower(column) LIKE :value ESCAPE '\'`: the text anywhere, none of its characters with a meaning. */
export function containing(text: string): string {
  return `%${escapeLike(text.toLowerCase())}%`;
}

/** The same for the beginning of a column. */
export function beginningWith(text: string): string {
  return `${escapeLike(text.toLowerCase())}%`;
}

/** `[` opens a class of characters on SQL Server; escaped, it is itself on both. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_[]/g, String.raw`\$&`);
}
