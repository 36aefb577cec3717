import type { EngineName } from '../engine';
import type { ParameterTypes } from '../parameters';
import type { StatementDefinition } from '../statement';
import type { ListDefinition, ListFilter } from './list-definition';

/** Which of the many statements of a list: what it is narrowed by, in which order, from the beginning or from a row on. */
export interface ListShape {
  readonly filters: readonly string[];
  readonly sort: string;
  readonly isDescending: boolean;
  readonly isContinued: boolean;
}

function conditionOf(name: string, { condition }: ListFilter, engine: EngineName): string {
  const text = typeof condition === 'string' ? condition : condition[engine];
  return `(${text.replaceAll(':value', `:${name}`)})`;
}

/** Both engines agree on what follows; only PostgreSQL reads a comparison of rows as a range of its index. */
function continuation(column: string, key: string, after: '<' | '>', engine: EngineName): string {
  if (engine === 'postgres') return `(${column}, ${key}) ${after} (:afterValue, :afterId)`;
  return `(${column} ${after} :afterValue OR (${column} = :afterValue AND ${key} ${after} :afterId))`;
}

/** @throws Error for a filter or a sort that the definition does not have */
export function listText(list: ListDefinition, shape: ListShape): StatementDefinition<ParameterTypes> {
  const sort = list.sorts[shape.sort];
  if (!sort) throw new Error(`${list.name} has no sort ${shape.sort}`);
  const { key = 't."id"', isShared = false } = list;
  const parameters: Record<string, ParameterTypes[string]> = isShared ? {} : { tenantId: 'id' };
  for (const name of shape.filters) parameters[name] = filterOf(list, name).type;
  if (shape.isContinued) Object.assign(parameters, { afterValue: sort.type, afterId: 'id' });
  const direction = shape.isDescending ? 'DESC' : 'ASC';
  const text = (engine: EngineName): string => {
    const conditions = shape.filters.map((name) => conditionOf(name, filterOf(list, name), engine));
    if (shape.isContinued) {
      conditions.push(continuation(sort.column, key, shape.isDescending ? '<' : '>', engine));
    }
    const where = [isShared ? '1 = 1' : 't."tenantId" = :tenantId', ...conditions].join('\n  AND ');
    const end = engine === 'postgres' ? 'LIMIT :take' : 'OFFSET 0 ROWS FETCH NEXT :take ROWS ONLY';
    return `SELECT ${list.select}, ${sort.column} AS "sortValue", ${key} AS "sortId"
FROM ${list.from}
WHERE ${where}
ORDER BY ${sort.column} ${direction}, ${key} ${direction}
${end}`;
  };
  return {
    name: list.name,
    parameters: { ...parameters, take: 'integer' },
    json: list.json,
    prepared: false,
    postgres: text('postgres'),
    mssql: text('mssql'),
  };
}

function filterOf(list: ListDefinition, name: string): ListFilter {
  const filter = Object.hasOwn(list.filters, name) ? list.filters[name] : undefined;
  if (!filter) throw new Error(`${list.name} has no filter ${name}`);
  return filter;
}
