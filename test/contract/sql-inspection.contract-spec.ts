import { notTsql, tablesOf, withoutTenant } from '../support/sql-inspection';

const tables = new Set(['note', 'user', 'client']);

describe('the inspection of SQL', () => {
  it.each([
    `SELECT * FROM "note" WHERE "id" = $1`,
    `SELECT "tenantId" FROM "note" WHERE "id" = $1`,
    `DELETE FROM note WHERE id = $1 RETURNING "tenantId"`,
    `UPDATE "note" SET "tenantId" = $1`.replace('"tenantId" =', '"x" ='),
    `SELECT n.* FROM "note" n JOIN "user" u ON u."id" = n."userId" WHERE n."tenantId" = $1`,
    `SELECT * FROM "note" WHERE "tenantId" = $1 AND "id" IN (SELECT "noteId" FROM "client")`,
    `WITH due AS (SELECT "tenantId", "id" FROM "note") UPDATE "note" AS n SET "x" = 1 FROM due WHERE n."id" = due."id"`,
    `INSERT INTO "note" ("id", "body") SELECT "tenantId", "b" FROM "other"`,
  ])('sees that no tenant is named in %s', (sql) => {
    expect(withoutTenant(sql, tables)).not.toEqual([]);
  });

  it.each([
    `SELECT * FROM "note" WHERE "tenantId" = $1 AND "id" = $2`,
    `SELECT "NoteEntity"."id" AS "x" FROM "note" "NoteEntity" WHERE (("NoteEntity"."tenantId" = $1))`,
    `INSERT INTO "note"("tenantId", "id") VALUES ($1, $2)`,
    `SELECT n.* FROM note AS n JOIN "user" u ON u."tenantId" = n."tenantId" AND u.id = n."userId" WHERE n."tenantId" = $1`,
    `MERGE "note" WITH (HOLDLOCK) AS n USING (SELECT @p0 AS "tenantId") AS s ON n."tenantId" = s."tenantId"`,
    `DELETE FROM "note" WHERE "tenantId" IN ($1, $2)`,
    `SELECT 1 FROM "lease" WHERE "name" = $1`,
  ])('sees the tenant in %s', (sql) => {
    expect(withoutTenant(sql, tables)).toEqual([]);
  });

  it('knows tables by name, and not in comments and literals', () => {
    const sql = `SELECT 'from "client"' FROM only "note" AS n /* join "client" */ LEFT JOIN "user" ON true -- from client`;
    expect(tablesOf(sql, tables)).toEqual([
      { table: 'note', alias: 'n' },
      { table: 'user', alias: 'user' },
    ]);
  });

  it.each([
    [`SELECT "a"::text FROM t`, '::'],
    [`SELECT * FROM t LIMIT 1`, 'LIMIT'],
    [`DELETE FROM t RETURNING id`, 'RETURNING'],
    [`SELECT * FROM t FOR UPDATE SKIP LOCKED`, 'SKIP LOCKED'],
    [`INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING`, 'ON CONFLICT'],
    [`SELECT * FROM t WHERE a ILIKE 'x'`, 'ILIKE'],
    [`CREATE TABLE t (a jsonb)`, 'json'],
    [`CREATE TABLE t (a timestamptz)`, 'timestamptz'],
    [`CREATE TABLE t (a boolean)`, 'type of PostgreSQL'],
    [`CREATE TABLE t (a text NOT NULL)`, 'text as a type'],
    [`UPDATE t SET a = true`, 'TRUE'],
    [`SELECT * FROM user`, 'reserved word user'],
    [`SELECT EXISTS (SELECT 1)`, 'EXISTS'],
    [`SELECT * FROM t WHERE (a, b) < (1, 2)`, 'comparison of rows'],
    [`WITH d AS (DELETE FROM t) SELECT 1`, 'WITH that writes'],
    [`MERGE t USING s ON a = b WHEN MATCHED THEN DELETE`, 'semicolon'],
  ])('SQL Server would not read %s', (sql, why) => {
    expect(notTsql(sql).join('; ')).toContain(why);
  });

  it.each([
    `SELECT TOP (@p0) "key", 'limit' AS "text" FROM "user" WITH (READPAST) ORDER BY "key"`,
    `UPDATE n SET "x" = 1 OUTPUT inserted."id" FROM "note" AS n WHERE n."x" = 0`,
    `MERGE "note" WITH (HOLDLOCK) AS n USING (SELECT 1 AS "a") AS s ON n."a" = s."a" WHEN MATCHED THEN DELETE;`,
    `SELECT JSON_VALUE("a", '$.b') FROM "note" WHERE "id" IN (SELECT [value] FROM OPENJSON(@p0))`,
  ])('SQL Server would read %s', (sql) => {
    expect(notTsql(sql)).toEqual([]);
  });
});
