import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { ActiveUser, CountedEvent, Interval, Metric, Sum } from './sums';

/** A loop over tenants, each with one look at its own index: else the planner might read the whole trail. */
const PENDING = statement({
  name: 'audit.statistics.pending',
  parameters: { after: 'id', until: 'instant', epoch: 'instant', take: 'integer' },
  postgres: `SELECT t."id" FROM "tenant" t
    LEFT JOIN "statistic_progress" p ON p."tenantId" = t."id"
    CROSS JOIN LATERAL (SELECT 1 FROM "audit_event" e
      WHERE e."tenantId" = t."id" AND e."occurredAt" <= :until AND e."occurredAt" >= COALESCE(p."occurredAt", :epoch)
        AND (p."tenantId" IS NULL OR e."occurredAt" > p."occurredAt" OR e."id" > p."eventId")
      LIMIT 1) x
    WHERE t."id" > :after ORDER BY t."id" LIMIT :take`,
  mssql: `SELECT TOP (:take) t."id" FROM "tenant" t
    LEFT JOIN "statistic_progress" p ON p."tenantId" = t."id"
    CROSS APPLY (SELECT TOP (1) 1 AS "one" FROM "audit_event" e
      WHERE e."tenantId" = t."id" AND e."occurredAt" <= :until AND e."occurredAt" >= COALESCE(p."occurredAt", :epoch)
        AND (p."tenantId" IS NULL OR e."occurredAt" > p."occurredAt" OR e."id" > p."eventId")) x
    WHERE t."id" > :after ORDER BY t."id"`,
});

const BEGIN = statement({
  name: 'audit.statistics.begin',
  parameters: { tenantId: 'id', occurredAt: 'instant', eventId: 'id' },
  postgres: `INSERT INTO "statistic_progress" ("tenantId", "occurredAt", "eventId")
    VALUES (:tenantId, :occurredAt, :eventId) ON CONFLICT DO NOTHING`,
  mssql: `INSERT INTO "statistic_progress" ("tenantId", "occurredAt", "eventId")
    SELECT :tenantId, :occurredAt, :eventId WHERE NOT EXISTS (
      SELECT 1 FROM "statistic_progress" WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = :tenantId)`,
});

const LOCK = statement({
  name: 'audit.statistics.lock',
  parameters: { tenantId: 'id' },
  postgres: `SELECT "occurredAt" FROM "statistic_progress" WHERE "tenantId" = :tenantId FOR UPDATE`,
  mssql: `SELECT "occurredAt" FROM "statistic_progress" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = :tenantId`,
});

/** The place is compared inside of the database, which knows instants more exactly than we do. */
const PLACE = (column: string): string =>
  `(SELECT p."${column}" FROM "statistic_progress" p WHERE p."tenantId" = :tenantId)`;

const EVENTS = statement({
  name: 'audit.statistics.events',
  parameters: { tenantId: 'id', until: 'instant', take: 'integer' },
  json: ['detail'],
  sql: `SELECT "id", "occurredAt", "event", "result", "actorType", "actorId", "clientId", "occurrences", "detail"
    FROM "audit_event" WHERE "tenantId" = :tenantId AND "occurredAt" <= :until AND "occurredAt" >= ${PLACE('occurredAt')}
      AND ("occurredAt" > ${PLACE('occurredAt')} OR "id" > ${PLACE('eventId')})
    ORDER BY "occurredAt", "id" OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

const MOVE = statement({
  name: 'audit.statistics.move',
  parameters: { tenantId: 'id', eventId: 'id' },
  sql: `UPDATE "statistic_progress" SET "eventId" = :eventId, "occurredAt" = (
      SELECT e."occurredAt" FROM "audit_event" e WHERE e."tenantId" = :tenantId AND e."id" = :eventId)
    WHERE "tenantId" = :tenantId`,
});

const BIN = 'COLLATE Latin1_General_100_BIN2_UTF8';

const ADD = statement({
  name: 'audit.statistics.add',
  parameters: { tenantId: 'id', sums: 'json' },
  postgres: `INSERT INTO "statistic" AS s ("tenantId", "resolution", "beginsAt", "metric", "key", "count")
    SELECT :tenantId, r."resolution", r."beginsAt", r."metric", r."key", r."count" FROM jsonb_to_recordset(:sums)
      AS r("resolution" text, "beginsAt" timestamptz, "metric" text, "key" text, "count" bigint)
    ON CONFLICT ("tenantId", "resolution", "beginsAt", "metric", "key")
      DO UPDATE SET "count" = s."count" + excluded."count"`,
  mssql: `MERGE INTO "statistic" WITH (HOLDLOCK) AS s USING (
      SELECT j."resolution" ${BIN} AS "resolution", j."beginsAt", j."metric" ${BIN} AS "metric", j."key" ${BIN} AS "key",
        j."count"
      FROM OPENJSON(:sums) WITH ("resolution" varchar(16), "beginsAt" datetimeoffset(3), "metric" varchar(64),
        "key" varchar(255), "count" bigint) AS j) AS r
    ON s."tenantId" = :tenantId AND s."resolution" = r."resolution" AND s."beginsAt" = r."beginsAt"
      AND s."metric" = r."metric" AND s."key" = r."key"
    WHEN MATCHED THEN UPDATE SET "count" = s."count" + r."count"
    WHEN NOT MATCHED THEN INSERT ("tenantId", "resolution", "beginsAt", "metric", "key", "count")
      VALUES (:tenantId, r."resolution", r."beginsAt", r."metric", r."key", r."count");`,
});

const ADD_USERS = statement({
  name: 'audit.statistics.add-users',
  parameters: { tenantId: 'id', users: 'json' },
  postgres: `INSERT INTO "statistic_user" ("tenantId", "dayAt", "userId")
    SELECT :tenantId, r."dayAt", r."userId" FROM jsonb_to_recordset(:users) AS r("dayAt" timestamptz, "userId" uuid)
    ON CONFLICT DO NOTHING RETURNING "dayAt"`,
  mssql: `INSERT INTO "statistic_user" ("tenantId", "dayAt", "userId") OUTPUT inserted."dayAt"
    SELECT :tenantId, r."dayAt", r."userId"
    FROM OPENJSON(:users) WITH ("dayAt" datetimeoffset(3), "userId" char(36)) AS r
    WHERE NOT EXISTS (SELECT 1 FROM "statistic_user" u WITH (UPDLOCK, HOLDLOCK)
      WHERE u."tenantId" = :tenantId AND u."dayAt" = r."dayAt" AND u."userId" = r."userId" ${BIN})`,
});

const FORGET_USERS = statement({
  name: 'audit.statistics.forget-users',
  parameters: { tenantId: 'id', before: 'instant' },
  sql: `DELETE FROM "statistic_user" WHERE "tenantId" = :tenantId AND "dayAt" < :before`,
});

const SERIES = statement({
  name: 'audit.statistics.series',
  parameters: { tenantId: 'id', resolution: 'identifier', from: 'instant', to: 'instant' },
  sql: `SELECT "beginsAt", "metric", "key", "count" FROM "statistic"
    WHERE "tenantId" = :tenantId AND "resolution" = :resolution AND "beginsAt" >= :from AND "beginsAt" < :to
      AND "metric" <> 'app'
    ORDER BY "beginsAt"`,
});

const TOP = statement({
  name: 'audit.statistics.top',
  parameters: { tenantId: 'id', from: 'instant', to: 'instant', take: 'integer' },
  sql: `SELECT "key", CAST(SUM("count") AS bigint) AS "count" FROM "statistic"
    WHERE "tenantId" = :tenantId AND "resolution" = 'day' AND "beginsAt" >= :from AND "beginsAt" < :to
      AND "metric" = 'app'
    GROUP BY "key" ORDER BY 2 DESC, "key" OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

const PROGRESS = statement({
  name: 'audit.statistics.progress',
  parameters: { tenantId: 'id' },
  sql: `SELECT "occurredAt" FROM "statistic_progress" WHERE "tenantId" = :tenantId`,
});

const START = { occurredAt: new Date(0), eventId: '00000000-0000-0000-0000-000000000000' };

export interface SeriesRow {
  readonly beginsAt: Date;
  readonly metric: Metric;
  readonly key: string;
  readonly count: number;
}

@Injectable()
export class StatisticsRepository {
  constructor(private readonly database: Database) {}

  /** Tenants with events that are not in the sums yet, in the order of ids. */
  async pending(until: Date, take: number, after = START.eventId): Promise<string[]> {
    const epoch = START.occurredAt;
    return (await this.database.rows<{ id: string }>(PENDING, { after, until, epoch, take })).map(({ id }) => id);
  }

  /** Nobody else adds up this tenant's events before the transaction ends. */
  async lock(tenantId: string, tx: Transaction): Promise<void> {
    await this.database.execute(BEGIN, { tenantId, ...START }, tx);
    await this.database.rows(LOCK, { tenantId }, tx);
  }

  /** The next ones that are not in the sums, in the order of their instants. */
  events(tenantId: string, until: Date, take: number, tx: Transaction): Promise<CountedEvent[]> {
    return this.database.rows<CountedEvent>(EVENTS, { tenantId, until, take }, tx);
  }

  /** Everything up to that event is in the sums. */
  async move(tenantId: string, eventId: string, tx: Transaction): Promise<void> {
    await this.database.execute(MOVE, { tenantId, eventId }, tx);
  }

  async add(tenantId: string, sums: readonly Sum[], tx: Transaction): Promise<void> {
    if (sums.length > 0) await this.database.execute(ADD, { tenantId, sums }, tx);
  }

  /** The days of those who had not been seen on theirs, one for each. */
  async addUsers(tenantId: string, users: readonly ActiveUser[], tx: Transaction): Promise<Date[]> {
    if (users.length === 0) return [];
    return (await this.database.rows<{ dayAt: Date }>(ADD_USERS, { tenantId, users }, tx)).map(({ dayAt }) => dayAt);
  }

  /** Who was active on days that are over and counted. */
  async forgetUsers(tenantId: string, before: Date, tx: Transaction): Promise<void> {
    await this.database.execute(FORGET_USERS, { tenantId, before }, tx);
  }

  series(tenantId: string, resolution: Interval, { from, to }: { from: Date; to: Date }): Promise<SeriesRow[]> {
    return this.database.rows<SeriesRow>(SERIES, { tenantId, resolution, from, to });
  }

  top(
    tenantId: string,
    { from, to }: { from: Date; to: Date },
    take: number,
  ): Promise<{ key: string; count: number }[]> {
    return this.database.rows(TOP, { tenantId, from, to, take });
  }

  /** Up to which instant events are in the sums; null for none. */
  async countedUntil(tenantId: string): Promise<Date | null> {
    return (await this.database.rows<{ occurredAt: Date }>(PROGRESS, { tenantId }))[0]?.occurredAt ?? null;
  }
}
