import { Injectable } from '@nestjs/common';
import { auditInsert, type AuditParameters } from '@tokenidp/audit';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { StoredParameters } from '../endpoints/form-parameters';

const INSERT_AUDIT = `INSERT INTO "audit_event" (${auditInsert.columns}) VALUES (${auditInsert.values})`;

const INSERT = `INSERT INTO "backchannel_request" ("tenantId", "id", "clientId", "userId", "authReqIdHash",
    "parameters", "bindingMessage", "notification", "intervalSeconds", "createdAt", "expiresAt")
  VALUES (:tenantId, :id, :clientId, :userId, :authReqIdHash,
    :parameters, :bindingMessage, :notification, :intervalSeconds, :now, :expiresAt)`;

const OPEN = statement({
  name: 'oauth.backchannel.open',
  parameters: {
    tenantId: 'id',
    id: 'id',
    clientId: 'id',
    userId: 'id',
    authReqIdHash: 'hash',
    parameters: 'json',
    bindingMessage: 'text',
    notification: 'text',
    intervalSeconds: 'integer',
    now: 'instant',
    expiresAt: 'instant',
    ...auditInsert.parameters,
  },
  postgres: `WITH opened AS (${INSERT}) ${INSERT_AUDIT}`,
  mssql: `${INSERT}; ${INSERT_AUDIT}`,
});

const PENDING = `SELECT "id", "clientId", "userId", "parameters", "bindingMessage", "notification", "createdAt", "expiresAt"
  FROM "backchannel_request"
  WHERE "tenantId" = :tenantId AND "userId" IS NOT NULL AND "decidedAt" IS NULL AND "expiresAt" > :now`;

const FIND = statement({
  name: 'oauth.backchannel.find',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  json: ['parameters'],
  sql: `${PENDING} AND "id" = :id`,
});

const FIND_BY_AUTH_REQ_ID = statement({
  name: 'oauth.backchannel.find-by-auth-req-id',
  parameters: { tenantId: 'id', authReqIdHash: 'hash', now: 'instant' },
  json: ['parameters'],
  sql: `${PENDING} AND "authReqIdHash" = :authReqIdHash`,
});

const LIST_OF_USER = statement({
  name: 'oauth.backchannel.list-of-user',
  parameters: { tenantId: 'id', userId: 'id', now: 'instant' },
  json: ['parameters'],
  sql: `${PENDING} AND "userId" = :userId ORDER BY "createdAt" DESC`,
});

const FIND_NOTIFICATION = statement({
  name: 'oauth.backchannel.find-notification',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `SELECT "notification" FROM "backchannel_request" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const KEEP_NOTIFICATION = statement({
  name: 'oauth.backchannel.keep-notification',
  parameters: { tenantId: 'id', id: 'id', notification: 'text' },
  sql: `UPDATE "backchannel_request" SET "notification" = :notification WHERE "tenantId" = :tenantId AND "id" = :id`,
});

export interface NewBackchannelRequest extends AuditParameters {
  tenantId: string;
  id: string;
  /** row id */
  clientId: string;
  userId: string | null;
  authReqIdHash: string;
  parameters: StoredParameters;
  bindingMessage: string | null;
  notification: string | null;
  intervalSeconds: number;
  now: Date;
  expiresAt: Date;
}

/** A request about a known user that nobody has answered yet and that has not expired. */
export interface PendingBackchannelRequest {
  id: string;
  clientId: string;
  userId: string;
  parameters: StoredParameters;
  bindingMessage: string | null;
  notification: string | null;
  createdAt: Date;
  expiresAt: Date;
}

@Injectable()
export class BackchannelRequestsRepository {
  constructor(private readonly database: Database) {}

  /** With its audit event. */
  async open(row: NewBackchannelRequest, tx?: Transaction): Promise<void> {
    await this.database.execute(OPEN, row, tx);
  }

  async find(tenantId: string, id: string, now: Date): Promise<PendingBackchannelRequest | null> {
    const [row] = await this.database.rows<PendingBackchannelRequest>(FIND, { tenantId, id, now });
    return row ?? null;
  }

  async findByAuthReqId(tenantId: string, authReqIdHash: string, now: Date): Promise<PendingBackchannelRequest | null> {
    const values = { tenantId, authReqIdHash, now };
    const [row] = await this.database.rows<PendingBackchannelRequest>(FIND_BY_AUTH_REQ_ID, values);
    return row ?? null;
  }

  /** The latest first. */
  listOfUser(tenantId: string, userId: string, now: Date): Promise<PendingBackchannelRequest[]> {
    return this.database.rows<PendingBackchannelRequest>(LIST_OF_USER, { tenantId, userId, now });
  }

  /** Sealed; null when it was delivered, or the request is gone. */
  async findNotification(tenantId: string, id: string): Promise<string | null> {
    const [row] = await this.database.rows<{ notification: string | null }>(FIND_NOTIFICATION, { tenantId, id });
    return row?.notification ?? null;
  }

  /** Null forgets it. */
  async keepNotification(
    kept: { tenantId: string; id: string; notification: string | null },
    tx?: Transaction,
  ): Promise<void> {
    await this.database.execute(KEEP_NOTIFICATION, kept, tx);
  }
}
