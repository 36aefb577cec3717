import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { ChainedEvent } from './chain-hash';
import { chainOf, EVENT_COLUMNS, type StoredChain } from './sealing.repository';

const CHAIN = statement({
  name: 'audit.chain.find',
  parameters: { tenantId: 'id' },
  sql: `SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash"
    FROM "audit_chain" WHERE "tenantId" = :tenantId`,
});

const LINKS = statement({
  name: 'audit.chain.links',
  parameters: { tenantId: 'id', after: 'bigint', take: 'integer' },
  json: ['detail'],
  prepared: false,
  postgres: `SELECT s."sequence", s."eventId", s."hash", s."sealedAt", ${EVENT_COLUMNS}
    FROM "audit_seal" s LEFT JOIN "audit_event" e ON e."tenantId" = s."tenantId" AND e."id" = s."eventId"
    WHERE s."tenantId" = :tenantId AND s."sequence" > :after ORDER BY s."sequence" LIMIT :take`,
  mssql: `SELECT TOP (:take) s."sequence", s."eventId", s."hash", s."sealedAt", ${EVENT_COLUMNS}
    FROM "audit_seal" s LEFT JOIN "audit_event" e ON e."tenantId" = s."tenantId" AND e."id" = s."eventId"
    WHERE s."tenantId" = :tenantId AND s."sequence" > :after ORDER BY s."sequence"`,
});

/** What should have been sealed by now and was not: nobody of us recorded it. */
const STRANGER = statement({
  name: 'audit.chain.stranger',
  parameters: { tenantId: 'id', from: 'instant', to: 'instant' },
  prepared: false,
  postgres: `SELECT e."id" FROM "audit_event" e
    WHERE e."tenantId" = :tenantId AND e."occurredAt" >= :from AND e."occurredAt" <= :to
      AND e."position" <= (SELECT "low" FROM "audit_sealing")
      AND NOT EXISTS (SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
    ORDER BY e."occurredAt" LIMIT 1`,
  mssql: `SELECT TOP (1) e."id" FROM "audit_event" e
    WHERE e."tenantId" = :tenantId AND e."occurredAt" >= :from AND e."occurredAt" <= :to
      AND e."position" <= (SELECT "low" FROM "audit_sealing")
      AND NOT EXISTS (SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
    ORDER BY e."occurredAt"`,
});

const SEAL_AT = statement({
  name: 'audit.chain.seal-at',
  parameters: { tenantId: 'id', sequence: 'bigint' },
  sql: `SELECT "hash" FROM "audit_seal" WHERE "tenantId" = :tenantId AND "sequence" = :sequence`,
});

const LOCK = statement({
  name: 'audit.chain.lock',
  parameters: { tenantId: 'id' },
  postgres: `SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash"
    FROM "audit_chain" WHERE "tenantId" = :tenantId FOR UPDATE`,
  mssql: `SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash"
    FROM "audit_chain" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = :tenantId`,
});

const DELETE_EVENTS = statement({
  name: 'audit.chain.delete-events',
  parameters: { tenantId: 'id', after: 'bigint', upTo: 'bigint' },
  sql: `DELETE FROM "audit_event" WHERE "tenantId" = :tenantId AND "id" IN (
    SELECT s."eventId" FROM "audit_seal" s
    WHERE s."tenantId" = :tenantId AND s."sequence" > :after AND s."sequence" <= :upTo)`,
});

const DELETE_SEALS = statement({
  name: 'audit.chain.delete-seals',
  parameters: { tenantId: 'id', upTo: 'bigint' },
  sql: `DELETE FROM "audit_seal" WHERE "tenantId" = :tenantId AND "sequence" <= :upTo`,
});

/** A seal with its event, or with none where that is gone. */
export interface ChainLink {
  readonly sequence: number;
  readonly eventId: string;
  readonly hash: string;
  readonly sealedAt: Date;
  readonly event: ChainedEvent | null;
}

type LinkRow = Omit<ChainLink, 'event'> & { [K in keyof ChainedEvent]: ChainedEvent[K] | null };

/** The chain of one tenant. */
@Injectable()
export class ChainRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string): Promise<StoredChain | null> {
    const [row] = await this.database.rows<StoredChain>(CHAIN, { tenantId });
    return row ? chainOf(row) : null;
  }

  async lock(tenantId: string, tx: Transaction): Promise<StoredChain | null> {
    const [row] = await this.database.rows<StoredChain>(LOCK, { tenantId }, tx);
    return row ? chainOf(row) : null;
  }

  async links(tenantId: string, after: number, take: number): Promise<ChainLink[]> {
    const rows = await this.database.rows<LinkRow>(LINKS, { tenantId, after, take });
    return rows.map(({ sequence, eventId, hash, sealedAt, ...event }) => {
      const isThere = event.id !== null;
      return { sequence: Number(sequence), eventId, hash, sealedAt, event: isThere ? (event as ChainedEvent) : null };
    });
  }

  async hashAt(tenantId: string, sequence: number): Promise<string | null> {
    return (await this.database.rows<{ hash: string }>(SEAL_AT, { tenantId, sequence }))[0]?.hash ?? null;
  }

  /** The id of the first event of that time that is in the trail and in no chain, though it should be. */
  async stranger(tenantId: string, from: Date, to: Date): Promise<string | null> {
    return (await this.database.rows<{ id: string }>(STRANGER, { tenantId, from, to }))[0]?.id ?? null;
  }

  /** Events and seals behind a place, up to another one. */
  async deleteUpTo(tenantId: string, after: number, upTo: number, tx: Transaction): Promise<number> {
    const deleted = await this.database.execute(DELETE_EVENTS, { tenantId, after, upTo }, tx);
    await this.database.execute(DELETE_SEALS, { tenantId, upTo }, tx);
    return deleted;
  }
}
