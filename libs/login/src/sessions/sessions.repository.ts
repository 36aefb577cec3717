import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { type User, USER_JSON_COLUMNS, userColumns, userFromRow, type UserRow } from '@tokenidp/users';
import type { SessionEntity } from './session.entity';

export type SessionColumns = Omit<SessionEntity, 'tenantId' | 'id' | 'endedAt'>;

/** A live session with its user and the clients that joined it. */
export interface SessionRow {
  id: string;
  authTime: Date;
  acr: string;
  amr: string[];
  lastSeenAt: Date;
  absoluteExpiresAt: Date;
  clientIds: string[];
  user: User;
}

/** One line of a user's list of sign-ins. */
export type SessionSummary = Pick<
  SessionEntity,
  'id' | 'authTime' | 'acr' | 'amr' | 'ip' | 'userAgent' | 'createdAt' | 'lastSeenAt' | 'absoluteExpiresAt'
>;

interface FoundRow extends UserRow, Omit<SessionRow, 'clientIds' | 'user'> {
  clientIds: string | null;
}

const IS_LIVE = `s."endedAt" IS NULL AND s."idleExpiresAt" > :now AND s."absoluteExpiresAt" > :now`;
const WITH_ACTIVE_USER = `"session" s
  JOIN "user" u ON u."tenantId" = s."tenantId" AND u."id" = s."userId" AND u."status" = 'active'`;

const findSql = (joined: string): string => `
  SELECT s."id", s."authTime", s."acr", s."amr", s."lastSeenAt", s."absoluteExpiresAt",
    (SELECT ${joined} FROM "session_client" c WHERE c."tenantId" = s."tenantId" AND c."sessionId" = s."id") AS "clientIds",
    ${userColumns('u')}
  FROM ${WITH_ACTIVE_USER}
  WHERE s."tenantId" = :tenantId AND s."hash" = :hash AND ${IS_LIVE}`;

const FIND = statement({
  name: 'login.session.find',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  json: ['amr', ...USER_JSON_COLUMNS],
  postgres: findSql(`string_agg(c."clientId"::text, ',')`),
  mssql: findSql(`STRING_AGG(CAST(c."clientId" AS varchar(max)), ',')`),
});

const IS_LIVE_BY_ID = statement({
  name: 'login.session.is-live',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  sql: `SELECT s."id" FROM ${WITH_ACTIVE_USER} WHERE s."tenantId" = :tenantId AND s."id" = :id AND ${IS_LIVE}`,
});

const COLUMNS = {
  hash: 'hash',
  userId: 'id',
  authTime: 'instant',
  acr: 'identifier',
  amr: 'json',
  ip: 'text',
  userAgent: 'text',
  createdAt: 'instant',
  lastSeenAt: 'instant',
  idleExpiresAt: 'instant',
  absoluteExpiresAt: 'instant',
} as const;

const names = Object.keys(COLUMNS);

const INSERT = statement({
  name: 'login.session.insert',
  parameters: { tenantId: 'id', id: 'id', ...COLUMNS },
  sql: `INSERT INTO "session" ("tenantId", "id", ${names.map((name) => `"${name}"`).join(', ')})
        VALUES (:tenantId, :id, ${names.map((name) => `:${name}`).join(', ')})`,
});

const { createdAt: _createdAt, userId: _userId, ...RENEWED } = COLUMNS;

/** The old reference is dead from then on; the condition on it lets one of several logins at once win. */
const RENEW = statement({
  name: 'login.session.renew',
  parameters: { tenantId: 'id', id: 'id', oldHash: 'hash', ...RENEWED },
  sql: `UPDATE "session" SET ${Object.keys(RENEWED)
    .map((name) => `"${name}" = :${name}`)
    .join(', ')}
        WHERE "tenantId" = :tenantId AND "id" = :id AND "hash" = :oldHash AND "endedAt" IS NULL`,
});

const TOUCH = statement({
  name: 'login.session.touch',
  parameters: { tenantId: 'id', id: 'id', now: 'instant', idleExpiresAt: 'instant' },
  sql: `UPDATE "session" SET "lastSeenAt" = :now, "idleExpiresAt" = :idleExpiresAt
        WHERE "tenantId" = :tenantId AND "id" = :id AND "endedAt" IS NULL AND "lastSeenAt" < :now`,
});

const JOIN = statement({
  name: 'login.session.join',
  parameters: { tenantId: 'id', sessionId: 'id', clientId: 'id', now: 'instant' },
  postgres: `INSERT INTO "session_client" ("tenantId", "sessionId", "clientId", "createdAt")
    VALUES (:tenantId, :sessionId, :clientId, :now) ON CONFLICT DO NOTHING`,
  mssql: `INSERT INTO "session_client" ("tenantId", "sessionId", "clientId", "createdAt")
    SELECT :tenantId, :sessionId, :clientId, :now WHERE NOT EXISTS (
      SELECT 1 FROM "session_client" WITH (UPDLOCK, HOLDLOCK)
      WHERE "tenantId" = :tenantId AND "sessionId" = :sessionId AND "clientId" = :clientId)`,
});

const LIST_OF_USER = statement({
  name: 'login.session.list-of-user',
  parameters: { tenantId: 'id', userId: 'id', now: 'instant' },
  json: ['amr'],
  sql: `SELECT s."id", s."authTime", s."acr", s."amr", s."ip", s."userAgent", s."createdAt", s."lastSeenAt",
          s."absoluteExpiresAt"
        FROM "session" s WHERE s."tenantId" = :tenantId AND s."userId" = :userId AND ${IS_LIVE}
        ORDER BY s."lastSeenAt" DESC`,
});

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, hash: string, now: Date): Promise<SessionRow | null> {
    const [row] = await this.database.rows<FoundRow>(FIND, { tenantId, hash, now });
    return row ? { ...row, clientIds: row.clientIds?.split(',') ?? [], user: userFromRow(row) } : null;
  }

  async isLive(tenantId: string, id: string, now: Date): Promise<boolean> {
    return (await this.database.rows(IS_LIVE_BY_ID, { tenantId, id, now })).length === 1;
  }

  async insert(tenantId: string, id: string, columns: SessionColumns, tx: Transaction): Promise<void> {
    await this.database.execute(INSERT, { tenantId, id, ...columns }, tx);
  }

  /** Gives a session of the same user a new reference. False when the old one is not its reference any more. */
  async renew(
    key: { tenantId: string; id: string; oldHash: string },
    columns: SessionColumns,
    tx: Transaction,
  ): Promise<boolean> {
    const { createdAt: _keep, userId: _same, ...renewed } = columns;
    return (await this.database.execute(RENEW, { ...key, ...renewed }, tx)) === 1;
  }

  async touch(tenantId: string, id: string, now: Date, idleExpiresAt: Date): Promise<void> {
    await this.database.execute(TOUCH, { tenantId, id, now, idleExpiresAt });
  }

  async join(
    key: { tenantId: string; sessionId: string; clientId: string },
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    await this.database.execute(JOIN, { ...key, now }, tx);
  }

  listOfUser(tenantId: string, userId: string, now: Date): Promise<SessionSummary[]> {
    return this.database.rows<SessionSummary>(LIST_OF_USER, { tenantId, userId, now });
  }
}
