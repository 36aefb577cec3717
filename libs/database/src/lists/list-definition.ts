import type { ParameterType } from '../parameters';

/** A condition that a list may be narrowed by; `:value` in it stands for what was asked. One text, or one an engine. */
export interface ListFilter {
  readonly type: ParameterType;
  readonly condition: string | { readonly postgres: string; readonly mssql: string };
}

/** What a list may be ordered by: an expression over `t` that is never NULL, best a column with an index of its own. */
export interface ListSort {
  readonly column: string;
  readonly type: Extract<ParameterType, 'id' | 'identifier' | 'text' | 'instant' | 'integer' | 'bigint'>;
}

/** A list of one tenant's rows. `from` names the table as `t`, which has "tenantId" and "id". */
export interface ListDefinition {
  /** `lib.noun.list` */
  readonly name: string;
  readonly select: string;
  readonly from: string;
  readonly filters: Readonly<Record<string, ListFilter>>;
  readonly sorts: Readonly<Record<string, ListSort>>;
  /** result columns that hold JSON */
  readonly json?: readonly string[];
  /** rows of the installation as a whole: `t` has no "tenantId", and who may see the list may see all of it */
  readonly isShared?: boolean;
  /** the column that tells rows of the same sort value apart; `t."id"` when absent */
  readonly key?: string;
}

/** Where a page ends: the sort value and the id of its last row. */
export interface ListPosition {
  readonly value: Date | string | number;
  readonly id: string;
}

export interface ListRequest {
  /** by the names of the definition's filters; what is undefined does not narrow */
  readonly filters?: Readonly<Record<string, unknown>>;
  /** a name of the definition's sorts, with `-` in front for the descending order */
  readonly sort: string;
  readonly after?: ListPosition;
  /** how many rows at most */
  readonly take: number;
}
