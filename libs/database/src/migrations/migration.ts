/** One step of the schema, in the words of one engine. Never edited once released. */
export interface Migration {
  /** as in the file's name; unique */
  readonly number: number;
  readonly name: string;
  /** run in order, in one transaction */
  readonly statements: readonly string[];
}
