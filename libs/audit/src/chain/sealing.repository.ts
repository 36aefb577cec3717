import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { RecordedEvent } from '../audit-observers';
import type { ChainState } from './chain-hash';

/** As `e`, all that a hash covers. */
export const EVENT_COLUMNS = `e."tenantId", e."id", e."occurredAt", e."event", e."result", e."actorType", e."actorId",
  e."actorTenantId", e."targetType", e."targetId", e."clientId", e."sessionId", e."occurrences", e."detail",
  e."requestId", e."ip", e."userAgent"`;

/**
 * A mark is settled when nobody can add an event below it any more. PostgreSQL knows who is still writing; where that
 * cannot be known, ten minutes are longer than any transaction that records.
 */
const PROGRESS = statement({
  name: 'audit.sealing.progress',
  parameters: {},
  postgres: `SELECT "low", "mark", CASE WHEN "markedAt" <= clock_timestamp() - interval '2 seconds'
      AND ("horizon" <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        OR "markedAt" <= clock_timestamp() - interval '10 minutes') THEN 1 ELSE 0 END AS "settled"
    FROM "audit_sealing"`,
  mssql: `SELECT "low", "mark", CASE WHEN "markedAt" <= DATEADD(minute, -10, SYSDATETIMEOFFSET()) THEN 1 ELSE 0 END
      AS "settled"
    FROM "audit_sealing"`,
});

const SETTLE = statement({
  name: 'audit.sealing.settle',
  parameters: { mark: 'bigint' },
  sql: `UPDATE "audit_sealing" SET "low" = "mark", "mark" = NULL WHERE "mark" = :mark`,
});

const MARK = statement({
  name: 'audit.sealing.mark',
  parameters: {},
  postgres: `UPDATE "audit_sealing" SET "mark" = (SELECT MAX("position") FROM "audit_event"),
      "markedAt" = clock_timestamp(), "horizon" = pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    WHERE "mark" IS NULL AND "low" < (SELECT MAX("position") FROM "audit_event")`,
  mssql: `UPDATE "audit_sealing" SET "mark" = (SELECT MAX("position") FROM "audit_event"),
      "markedAt" = SYSDATETIMEOFFSET()
    WHERE "mark" IS NULL AND "low" < (SELECT MAX("position") FROM "audit_event")`,
});

const UNSEALED = statement({
  name: 'audit.sealing.unsealed',
  parameters: { low: 'bigint', take: 'integer' },
  json: ['detail'],
  prepared: false,
  postgres: `SELECT ${EVENT_COLUMNS}, e."position" FROM "audit_event" e
    WHERE e."position" > :low AND NOT EXISTS (
      SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
    ORDER BY e."position" LIMIT :take`,
  mssql: `SELECT TOP (:take) ${EVENT_COLUMNS}, e."position" FROM "audit_event" e
    WHERE e."position" > :low AND NOT EXISTS (
      SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")
    ORDER BY e."position"`,
});

const CHAIN_COLUMNS = `"tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash"`;

const LOCK_CHAINS = statement({
  name: 'audit.sealing.lock-chains',
  parameters: { tenantIds: 'json' },
  postgres: `SELECT ${CHAIN_COLUMNS} FROM "audit_chain"
    WHERE "tenantId" IN (SELECT t::uuid FROM jsonb_array_elements_text(:tenantIds) AS t) FOR UPDATE`,
  mssql: `SELECT ${CHAIN_COLUMNS} FROM "audit_chain" WITH (UPDLOCK, ROWLOCK)
    WHERE "tenantId" IN (SELECT CAST(t."value" AS char(36)) COLLATE Latin1_General_100_BIN2_UTF8
      FROM OPENJSON(:tenantIds) AS t)`,
});

const INSERT_SEALS = statement({
  name: 'audit.sealing.insert-seals',
  parameters: { seals: 'json' },
  postgres: `INSERT INTO "audit_seal" ("tenantId", "sequence", "eventId", "hash", "sealedAt")
    SELECT r."tenantId", r."sequence", r."eventId", r."hash", r."sealedAt" FROM jsonb_to_recordset(:seals)
      AS r("tenantId" uuid, "sequence" bigint, "eventId" uuid, "hash" text, "sealedAt" timestamptz)`,
  mssql: `INSERT INTO "audit_seal" ("tenantId", "sequence", "eventId", "hash", "sealedAt")
    SELECT r."tenantId", r."sequence", r."eventId", r."hash", r."sealedAt" FROM OPENJSON(:seals)
      WITH ("tenantId" char(36), "sequence" bigint, "eventId" char(36), "hash" varchar(128),
        "sealedAt" datetimeoffset(3)) AS r`,
});

const SET_CHAINS = statement({
  name: 'audit.sealing.set-chains',
  parameters: { chains: 'json' },
  postgres: `INSERT INTO "audit_chain" (${CHAIN_COLUMNS})
    SELECT r."tenantId", r."anchorSequence", r."anchorHash", r."headSequence", r."headHash", r."stateHash"
    FROM jsonb_to_recordset(:chains) AS r("tenantId" uuid, "anchorSequence" bigint, "anchorHash" text,
      "headSequence" bigint, "headHash" text, "stateHash" text)
    ON CONFLICT ("tenantId") DO UPDATE SET "anchorSequence" = excluded."anchorSequence",
      "anchorHash" = excluded."anchorHash", "headSequence" = excluded."headSequence",
      "headHash" = excluded."headHash", "stateHash" = excluded."stateHash"`,
  mssql: `MERGE "audit_chain" WITH (HOLDLOCK) AS c USING (
      SELECT r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8 AS "tenantId", r."anchorSequence", r."anchorHash",
        r."headSequence", r."headHash", r."stateHash"
      FROM OPENJSON(:chains) WITH ("tenantId" char(36), "anchorSequence" bigint, "anchorHash" varchar(128),
        "headSequence" bigint, "headHash" varchar(128), "stateHash" varchar(128)) AS r
    ) AS r ON c."tenantId" = r."tenantId"
    WHEN MATCHED THEN UPDATE SET "anchorSequence" = r."anchorSequence", "anchorHash" = r."anchorHash",
      "headSequence" = r."headSequence", "headHash" = r."headHash", "stateHash" = r."stateHash"
    WHEN NOT MATCHED THEN INSERT (${CHAIN_COLUMNS}) VALUES (r."tenantId", r."anchorSequence", r."anchorHash",
      r."headSequence", r."headHash", r."stateHash");`,
});

export interface SealingProgress {
  readonly low: number;
  readonly mark: number | null;
  readonly isSettled: boolean;
}

export interface NewSeal {
  readonly tenantId: string;
  readonly sequence: number;
  readonly eventId: string;
  readonly hash: string;
  readonly sealedAt: Date;
}

export type StoredChain = ChainState & { readonly stateHash: string };

/** Of all tenants at once: what is new is found by the order of arrival. PostgreSQL answers bigint as text. */
@Injectable()
export class SealingRepository {
  constructor(private readonly database: Database) {}

  async progress(): Promise<SealingProgress> {
    const [row] = await this.database.rows<{ low: unknown; mark: unknown; settled: number }>(PROGRESS, {});
    if (!row) return { low: 0, mark: null, isSettled: false };
    return { low: Number(row.low), mark: row.mark === null ? null : Number(row.mark), isSettled: row.settled === 1 };
  }

  /** In the order of arrival, from behind a position. */
  async unsealed(low: number, take: number): Promise<{ events: RecordedEvent[]; last: number }> {
    const rows = await this.database.rows<RecordedEvent & { position: unknown }>(UNSEALED, { low, take });
    const events = rows.map(({ position: _position, ...event }) => event);
    return { events, last: Number(rows.at(-1)?.position ?? low) };
  }

  async lockChains(tenantIds: readonly string[], tx: Transaction): Promise<Map<string, StoredChain>> {
    const rows = await this.database.rows<StoredChain>(LOCK_CHAINS, { tenantIds }, tx);
    return new Map(rows.map((row) => [row.tenantId, chainOf(row)]));
  }

  async append(seals: readonly NewSeal[], chains: readonly StoredChain[], tx: Transaction): Promise<void> {
    await this.database.execute(INSERT_SEALS, { seals }, tx);
    await this.setChains(chains, tx);
  }

  async setChains(chains: readonly StoredChain[], tx: Transaction): Promise<void> {
    await this.database.execute(SET_CHAINS, { chains }, tx);
  }

  async settle(mark: number, tx: Transaction): Promise<void> {
    await this.database.execute(SETTLE, { mark }, tx);
  }

  async mark(tx: Transaction): Promise<void> {
    await this.database.execute(MARK, {}, tx);
  }
}

/** With numbers, whatever the driver made of them. */
export function chainOf(row: StoredChain): StoredChain {
  return { ...row, anchorSequence: Number(row.anchorSequence), headSequence: Number(row.headSequence) };
}
