export type EngineName = 'postgres' | 'mssql';

export type EngineChoice =
  | { readonly engine: 'postgres'; readonly embedded: true }
  | { readonly engine: 'postgres'; readonly embedded: false; readonly url: string }
  | { readonly engine: 'mssql'; readonly embedded: false; readonly url: string };

const SCHEMES: ReadonlyMap<string, EngineName> = new Map([
  ['postgres:', 'postgres'],
  ['postgresql:', 'postgres'],
  ['mssql:', 'mssql'],
  ['sqlserver:', 'mssql'],
]);

/**
 * Which engine a `DATABASE_URL` names; none is the embedded PostgreSQL.
 * @throws Error with a message for the operator that repeats no part of the URL but its scheme
 */
export function chooseEngine(url: string | undefined): EngineChoice {
  if (url === undefined || url === '') return { engine: 'postgres', embedded: true };
  if (!URL.canParse(url)) {
    throw new Error('DATABASE_URL is not a URL; expected postgres://user:password@host:5432/name or mssql://…');
  }
  const { protocol, pathname } = new URL(url);
  const engine = SCHEMES.get(protocol);
  if (engine === undefined) {
    throw new Error(
      `DATABASE_URL has the scheme "${protocol}"; expected postgres://, postgresql://, mssql:// or sqlserver://`,
    );
  }
  if (pathname.replaceAll('/', '') === '') {
    throw new Error(`DATABASE_URL names no database; expected ${protocol}//user:password@host:port/name`);
  }
  return { engine, embedded: false, url };
}
