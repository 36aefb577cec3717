import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { InitialAccessTokenEntity } from './initial-access-token.entity';
import type { RegistrationAccessTokenEntity } from './registration-access-token.entity';

const findInitial = statement({
  name: 'clients.initial-access-token.find',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  json: ['policy'],
  sql: `SELECT "id", "name", "policy" FROM "initial_access_token"
  WHERE "tenantId" = :tenantId AND "hash" = :hash AND "usesLeft" > 0 AND "expiresAt" > :now`,
});

/** One use, or none: the row count decides. */
const spendInitial = statement({
  name: 'clients.initial-access-token.spend',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  sql: `UPDATE "initial_access_token" SET "usesLeft" = "usesLeft" - 1
  WHERE "tenantId" = :tenantId AND "id" = :id AND "usesLeft" > 0 AND "expiresAt" > :now`,
});

const ownerOf = statement({
  name: 'clients.registration-access-token.owner',
  parameters: { tenantId: 'id', hash: 'hash' },
  json: ['policy'],
  sql: `SELECT client."clientId", token."policy" FROM "registration_access_token" token
  JOIN client ON client."tenantId" = token."tenantId" AND client.id = token."clientId"
  WHERE token."tenantId" = :tenantId AND token."hash" = :hash AND client.status = 'active'`,
});

/** From one value to the next: of two who present the same, one is too late. */
const rotate = statement({
  name: 'clients.registration-access-token.rotate',
  parameters: { tenantId: 'id', clientId: 'id', hash: 'hash', successor: 'hash', now: 'instant' },
  sql: `UPDATE "registration_access_token" SET "hash" = :successor, "createdAt" = :now
  WHERE "tenantId" = :tenantId AND "clientId" = :clientId AND "hash" = :hash`,
});

const withdraw = statement({
  name: 'clients.registration-access-token.withdraw',
  parameters: { tenantId: 'id', clientId: 'id' },
  sql: `DELETE FROM "registration_access_token" WHERE "tenantId" = :tenantId AND "clientId" = :clientId`,
});

/** Registrations of a tenant that are counted follow one another; nobody else waits for them. */
const hold = statement({
  name: 'clients.registration.hold',
  parameters: { tenantId: 'id' },
  postgres: `SELECT "id" FROM "tenant" WHERE "id" = :tenantId FOR NO KEY UPDATE`,
  mssql: `SELECT "id" FROM "tenant" WITH (UPDLOCK, ROWLOCK) WHERE "id" = :tenantId`,
});

const countRegistered = statement({
  name: 'clients.registration.count',
  parameters: { tenantId: 'id', since: 'instant' },
  sql: `SELECT COUNT(*) AS "count" FROM client WHERE "tenantId" = :tenantId AND status = 'active'
  AND (origin = 'registered' OR (origin = 'metadata' AND ("lastUsedAt" >= :since OR "updatedAt" >= :since)))`,
});

const unused = statement({
  name: 'clients.registration.unused',
  parameters: { tenantId: 'id', before: 'instant', take: 'integer' },
  sql: `SELECT id FROM client WHERE "tenantId" = :tenantId AND origin = 'registered'
  AND status = 'active' AND ("lastUsedAt" IS NULL OR "lastUsedAt" < :before) AND "updatedAt" < :before
  ORDER BY id OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

const purgeInitial = statement({
  name: 'clients.initial-access-token.purge',
  parameters: { before: 'instant' },
  sql: `DELETE FROM "initial_access_token" WHERE "expiresAt" < :before`,
});

export type TokenOwner = Pick<RegistrationAccessTokenEntity, 'clientId' | 'policy'>;
export type FoundInitialAccessToken = Pick<InitialAccessTokenEntity, 'id' | 'name' | 'policy'>;

@Injectable()
export class RegistrationRepository {
  constructor(private readonly database: Database) {}

  /** One that can still be spent. */
  async findInitial(tenantId: string, hash: string, now: Date): Promise<FoundInitialAccessToken | null> {
    const [row] = await this.database.rows<FoundInitialAccessToken>(findInitial, { tenantId, hash, now });
    return row ?? null;
  }

  async spendInitial(tenantId: string, id: string, now: Date, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(spendInitial, { tenantId, id, now }, tx)) === 1;
  }

  /** The active client whose registration access token it is, by its `client_id`. */
  async ownerOf(tenantId: string, hash: string): Promise<TokenOwner | null> {
    const [row] = await this.database.rows<TokenOwner>(ownerOf, { tenantId, hash });
    return row ?? null;
  }

  async rotate(
    tenantId: string,
    clientId: string,
    change: { hash: string; successor: string; now: Date },
    tx: Transaction,
  ): Promise<boolean> {
    return (await this.database.execute(rotate, { tenantId, clientId, ...change }, tx)) === 1;
  }

  withdraw(tenantId: string, clientId: string, tx: Transaction): Promise<number> {
    return this.database.execute(withdraw, { tenantId, clientId }, tx);
  }

  /**
   * How many clients of the tenant registered themselves and are active, or describe themselves and were used since an
   * instant; nobody else counts until the transaction ends.
   */
  async countHeld(tenantId: string, since: Date, tx: Transaction): Promise<number> {
    await this.database.rows(hold, { tenantId }, tx);
    const [row] = await this.database.rows<{ count: number }>(countRegistered, { tenantId, since }, tx);
    return row!.count;
  }

  async unused(tenantId: string, before: Date, take: number): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(unused, { tenantId, before, take });
    return rows.map(({ id }) => id);
  }

  /** Maintenance of all tenants at once: the rows say themselves that they are over. */
  purgeInitial(before: Date): Promise<number> {
    return this.database.execute(purgeInitial, { before });
  }
}
