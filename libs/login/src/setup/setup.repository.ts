import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';

const ADMINISTRATOR = `
  SELECT 1 FROM "user_role" ur
  JOIN "role" r ON r."tenantId" = ur."tenantId" AND r."id" = ur."roleId" AND r."name" = 'owner'
  WHERE ur."tenantId" = :tenantId`;

const HAS_ADMINISTRATOR = statement({
  name: 'login.setup.has-administrator',
  parameters: { tenantId: 'id' },
  sql: `SELECT CASE WHEN EXISTS (${ADMINISTRATOR}) THEN 1 ELSE 0 END AS "has"`,
});

/** Rows that refer to the tenant can still be written. */
const LOCK = statement({
  name: 'login.setup.lock',
  parameters: { tenantId: 'id' },
  postgres: `SELECT "id" FROM "tenant" WHERE "id" = :tenantId FOR NO KEY UPDATE`,
  mssql: `SELECT "id" FROM "tenant" WITH (UPDLOCK, ROWLOCK) WHERE "id" = :tenantId`,
});

const INSERT = statement({
  name: 'login.setup.insert',
  parameters: { tenantId: 'id', id: 'id', hash: 'hash', now: 'instant', expiresAt: 'instant' },
  sql: `INSERT INTO "setup_token" ("tenantId", "id", "hash", "createdAt", "expiresAt")
        VALUES (:tenantId, :id, :hash, :now, :expiresAt)`,
});

const LIVE = `"tenantId" = :tenantId AND "hash" = :hash AND "redeemedAt" IS NULL AND "expiresAt" > :now
  AND NOT EXISTS (${ADMINISTRATOR})`;

const FIND = statement({
  name: 'login.setup.find',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  sql: `SELECT "id" FROM "setup_token" WHERE ${LIVE}`,
});

const REDEEM = statement({
  name: 'login.setup.redeem',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  sql: `UPDATE "setup_token" SET "redeemedAt" = :now WHERE ${LIVE}`,
});

@Injectable()
export class SetupRepository {
  constructor(private readonly database: Database) {}

  /** Whether anybody owns the installation. */
  async hasAdministrator(tenantId: string, tx?: Transaction): Promise<boolean> {
    const [row] = await this.database.rows<{ has: number }>(HAS_ADMINISTRATOR, { tenantId }, tx);
    return row?.has === 1;
  }

  /** Until the transaction ends nobody else can become the first administrator, by whichever link. */
  async lock(tenantId: string, tx: Transaction): Promise<void> {
    await this.database.rows(LOCK, { tenantId }, tx);
  }

  async insert(token: { tenantId: string; id: string; hash: string }, now: Date, expiresAt: Date): Promise<void> {
    await this.database.execute(INSERT, { ...token, now, expiresAt });
  }

  async isLive(tenantId: string, hash: string, now: Date): Promise<boolean> {
    return (await this.database.rows(FIND, { tenantId, hash, now })).length === 1;
  }

  /** True for exactly one caller, and only while nobody owns the installation; `lock` first. */
  async redeem(tenantId: string, hash: string, now: Date, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(REDEEM, { tenantId, hash, now }, tx)) === 1;
  }
}
