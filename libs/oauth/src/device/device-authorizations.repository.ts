import { Injectable } from '@nestjs/common';
import { auditInsert, type AuditParameters } from '@tokenidp/audit';
import { Database, statement } from '@tokenidp/database';
import type { StoredParameters } from '../endpoints/form-parameters';

const INSERT_AUDIT = `INSERT INTO "audit_event" (${auditInsert.columns})`;

const INSERT = `INSERT INTO "device_authorization" ("tenantId", "id", "clientId", "deviceCodeHash", "userCodeHash",
    "parameters", "ip", "intervalSeconds", "createdAt", "expiresAt")
  VALUES (:tenantId, :id, :clientId, :deviceCodeHash, :userCodeHash, :parameters, :ip, :intervalSeconds, :now, :expiresAt)`;

const OPEN = statement({
  name: 'oauth.device.open',
  parameters: {
    tenantId: 'id',
    id: 'id',
    clientId: 'id',
    deviceCodeHash: 'hash',
    userCodeHash: 'hash',
    parameters: 'json',
    ip: 'text',
    intervalSeconds: 'integer',
    now: 'instant',
    expiresAt: 'instant',
    ...auditInsert.parameters,
  },
  postgres: `WITH opened AS (${INSERT}) ${INSERT_AUDIT} VALUES (${auditInsert.values})`,
  mssql: `${INSERT}; ${INSERT_AUDIT} VALUES (${auditInsert.values})`,
});

const LIVE = `"tenantId" = :tenantId AND "decidedAt" IS NULL AND "expiresAt" > :now`;
const PENDING = 'SELECT "id", "clientId", "parameters", "ip", "createdAt", "expiresAt" FROM "device_authorization"';

const FIND_BY_USER_CODE = statement({
  name: 'oauth.device.find-by-user-code',
  parameters: { tenantId: 'id', userCodeHash: 'hash', now: 'instant' },
  json: ['parameters'],
  sql: `${PENDING} WHERE ${LIVE} AND "userCodeHash" = :userCodeHash`,
});

const FIND = statement({
  name: 'oauth.device.find',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  json: ['parameters'],
  sql: `${PENDING} WHERE ${LIVE} AND "id" = :id`,
});

export interface NewDeviceAuthorization extends AuditParameters {
  tenantId: string;
  id: string;
  /** row id */
  clientId: string;
  deviceCodeHash: string;
  userCodeHash: string;
  parameters: StoredParameters;
  ip: string;
  intervalSeconds: number;
  now: Date;
  expiresAt: Date;
}

/** A device's request that nobody has answered yet and that has not expired. */
export interface PendingDevice {
  id: string;
  clientId: string;
  parameters: StoredParameters;
  ip: string;
  createdAt: Date;
  expiresAt: Date;
}

@Injectable()
export class DeviceAuthorizationsRepository {
  constructor(private readonly database: Database) {}

  /** With its audit event; throws a unique violation when one of the codes is taken. */
  async open(row: NewDeviceAuthorization): Promise<void> {
    await this.database.execute(OPEN, row);
  }

  async findByUserCode(tenantId: string, userCodeHash: string, now: Date): Promise<PendingDevice | null> {
    const [row] = await this.database.rows<PendingDevice>(FIND_BY_USER_CODE, { tenantId, userCodeHash, now });
    return row ?? null;
  }

  async find(tenantId: string, id: string, now: Date): Promise<PendingDevice | null> {
    const [row] = await this.database.rows<PendingDevice>(FIND, { tenantId, id, now });
    return row ?? null;
  }
}
