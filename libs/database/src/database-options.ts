/** What the application has to provide for `DatabaseModule`. */
export abstract class DatabaseOptions {
  /** `postgres://…` or `mssql://…`; undefined for the embedded PostgreSQL in `dataDir` */
  abstract readonly url: string | undefined;
  /** folder of the embedded PostgreSQL; made when missing */
  abstract readonly dataDir: string;
  /** entity classes of every library */
  abstract readonly entities: Function[];
}
