import { Injectable } from '@nestjs/common';
import { Database, statement, TenantRepository, type Transaction } from '@tokenidp/database';
import type { SigningAlgorithm } from './algorithms';
import { type KeyState, SigningKeyEntity } from './signing-key.entity';

/** Where the job has something to do; a place in the order of `dueAt`, too. */
export interface DueKey {
  tenantId: string;
  id: string;
  alg: SigningAlgorithm;
  dueAt: Date;
}

export type WrappedRow = Pick<SigningKeyEntity, 'tenantId' | 'id' | 'kid'> & { wrappedPrivateKey: string };

const COLUMNS = `"tenantId", "id", "kid", "alg", "state", "publicJwk", "wrappedPrivateKey", "masterKeyId", "createdAt",
  "activatedAt", "demotedAt", "retiredAt", "revokedAt", "dueAt", "reason"`;

const USABLE = statement({
  name: 'keys.signing-key.usable',
  parameters: { tenantId: 'id', retiredAfter: 'instant' },
  json: ['publicJwk'],
  sql: `SELECT ${COLUMNS} FROM "signing_key"
        WHERE "tenantId" = :tenantId AND ("state" IN ('next', 'current', 'previous')
          OR ("state" = 'retired' AND "retiredAt" > :retiredAfter))
        ORDER BY "createdAt" DESC, "id" DESC`,
});

const NEW_KEY = {
  tenantId: 'id',
  id: 'id',
  kid: 'identifier',
  alg: 'identifier',
  state: 'identifier',
  publicJwk: 'json',
  wrappedPrivateKey: 'text',
  masterKeyId: 'identifier',
  createdAt: 'instant',
  activatedAt: 'instant',
  dueAt: 'instant',
} as const;
const NEW_COLUMNS = Object.keys(NEW_KEY)
  .map((name) => `"${name}"`)
  .join(', ');
const NEW_VALUES = Object.keys(NEW_KEY)
  .map((name) => `:${name}`)
  .join(', ');

const INSERT_ONE = statement({
  name: 'keys.signing-key.insert',
  parameters: NEW_KEY,
  postgres: `INSERT INTO "signing_key" (${NEW_COLUMNS}) VALUES (${NEW_VALUES}) ON CONFLICT DO NOTHING`,
  mssql: `INSERT INTO "signing_key" (${NEW_COLUMNS}) SELECT ${NEW_VALUES}
          WHERE NOT EXISTS (SELECT 1 FROM "signing_key" WITH (UPDLOCK, HOLDLOCK)
            WHERE "tenantId" = :tenantId AND "alg" = :alg AND "state" = :state)`,
});

const DUE_PARAMETERS = { now: 'instant', dueAt: 'instant', id: 'id', take: 'integer' } as const;
const DUE = `FROM "signing_key"
  WHERE "dueAt" <= :now AND ("dueAt" > :dueAt OR ("dueAt" = :dueAt AND "id" > :id)) ORDER BY "dueAt", "id"`;
const DUE_KEYS = statement({
  name: 'keys.signing-key.due',
  parameters: DUE_PARAMETERS,
  postgres: `SELECT "tenantId", "id", "alg", "dueAt" ${DUE} LIMIT :take`,
  mssql: `SELECT TOP (:take) "tenantId", "id", "alg", "dueAt" ${DUE}`,
});

const START = { dueAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

export type NewSigningKey = Pick<SigningKeyEntity, keyof typeof NEW_KEY>;
export type KeyPatch = Partial<Omit<SigningKeyEntity, 'tenantId' | 'id' | 'kid' | 'alg'>>;

@Injectable()
export class SigningKeysRepository {
  private readonly rows: TenantRepository<SigningKeyEntity>;

  constructor(private readonly database: Database) {
    this.rows = new TenantRepository(database, SigningKeyEntity);
  }

  /** Published keys, and those retired after an instant; the newest first. */
  usable(tenantId: string, retiredAfter: Date, tx?: Transaction): Promise<SigningKeyEntity[]> {
    return this.database.rows(USABLE, { tenantId, retiredAfter }, tx);
  }

  list(tenantId: string): Promise<SigningKeyEntity[]> {
    return this.rows.find(tenantId, {}, { order: { createdAt: 'DESC', id: 'DESC' } });
  }

  findByKid(tenantId: string, kid: string): Promise<SigningKeyEntity | null> {
    return this.rows.findOne(tenantId, { kid });
  }

  findByState(
    tenantId: string,
    alg: SigningAlgorithm,
    state: KeyState,
    tx?: Transaction,
  ): Promise<SigningKeyEntity | null> {
    return this.rows.findOne(tenantId, { alg, state }, tx);
  }

  /** False when there is a key of this tenant, algorithm and state already. */
  async insert(key: NewSigningKey, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(INSERT_ONE, key, tx)) === 1;
  }

  /** True when the key was in the state `from` and this call changed it. */
  async change(key: DueKeyPlace, from: KeyState, patch: KeyPatch, tx?: Transaction): Promise<boolean> {
    return (await this.rows.update(key.tenantId, { id: key.id, state: from }, patch, tx)) === 1;
  }

  /** Of all tenants, in the order of their instants, after the one given. */
  due(now: Date, take: number, after: Pick<DueKey, 'dueAt' | 'id'> = START): Promise<DueKey[]> {
    return this.database.rows(DUE_KEYS, { now, take, dueAt: after.dueAt, id: after.id });
  }
}

type DueKeyPlace = Pick<SigningKeyEntity, 'tenantId' | 'id'>;
