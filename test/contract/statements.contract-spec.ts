import { isUniqueViolation, statement } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { onEveryDatabase } from '../support/contract';
import { createNotes, note, NoteEntity } from '../support/note.entity';

const COLUMNS = {
  tenantId: 'id',
  id: 'id',
  parentId: 'id',
  key: 'identifier',
  hash: 'hash',
  body: 'text',
  title: 'text',
  createdAt: 'instant',
  readAt: 'instant',
  labels: 'json',
  pinned: 'boolean',
  rank: 'integer',
  size: 'bigint',
} as const;

const names = Object.keys(COLUMNS);
const INSERT = statement({
  name: 'test.note.insert',
  parameters: COLUMNS,
  sql: `INSERT INTO "note" (${names.map((name) => `"${name}"`).join(', ')})
        VALUES (${names.map((name) => `:${name}`).join(', ')})`,
});
const FIND = statement({
  name: 'test.note.find',
  parameters: { tenantId: 'id', id: 'id' },
  json: ['labels'],
  sql: `SELECT * FROM "note" WHERE "tenantId" = :tenantId AND "id" = :id`,
});
const FIND_BY_KEY = statement({
  name: 'test.note.find-by-key',
  parameters: { tenantId: 'id', key: 'identifier' },
  sql: `SELECT "key" FROM "note" WHERE "tenantId" = :tenantId AND "key" = :key`,
});
const RERANK = statement({
  name: 'test.note.rerank',
  parameters: { tenantId: 'id', rank: 'integer' },
  sql: `UPDATE "note" SET "rank" = :rank WHERE "tenantId" = :tenantId`,
});
/** Two writes in one go, as the hot paths do it. */
const MOVE = statement({
  name: 'test.note.move',
  parameters: { tenantId: 'id', id: 'id', copyId: 'id', now: 'instant' },
  postgres: `
    WITH old AS (DELETE FROM "note" WHERE "tenantId" = :tenantId AND "id" = :id RETURNING *)
    INSERT INTO "note" ("tenantId", "id", "key", "body", "createdAt", "pinned", "rank", "size")
    SELECT "tenantId", :copyId, "key", "body", :now, "pinned", "rank", "size" FROM old RETURNING "id"`,
  mssql: `
    INSERT INTO "note" ("tenantId", "id", "key", "body", "createdAt", "pinned", "rank", "size")
    SELECT "tenantId", :copyId, "key", "body", :now, "pinned", "rank", "size" FROM "note"
      WHERE "tenantId" = :tenantId AND "id" = :id;
    DELETE FROM "note" OUTPUT :copyId AS "id" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

onEveryDatabase(
  'statements',
  (context) => {
    const tenantId = newId();
    beforeAll(() => createNotes(context.database));

    const find = async (id: string): Promise<NoteEntity | undefined> =>
      (await context.database.rows<NoteEntity>(FIND, { tenantId, id }))[0];

    it('give back every kind of value as it was', async () => {
      const full = note(newId(), {
        parentId: newId(),
        hash: 'v1.q_-',
        title: "a 'title'",
        readAt: new Date('1999-12-31T23:59:59.999Z'),
        labels: { a: [1, null, 'ä'], nested: { deep: true } },
        pinned: true,
        rank: -5,
        size: 2 ** 40,
      });
      expect(await context.database.execute(INSERT, { tenantId, ...full })).toBe(1);
      expect(await find(full.id)).toEqual({ tenantId, ...full });
    });

    it('store undefined and null alike', async () => {
      const empty = note(newId());
      await context.database.execute(INSERT, { tenantId, ...empty, parentId: undefined, labels: undefined });
      expect(await find(empty.id)).toEqual({ tenantId, ...empty });
    });

    it('compare identifiers by byte, without cutting or replacing', async () => {
      await context.database.execute(INSERT, { tenantId, ...note(newId(), { key: 'café' }) });
      await context.database.execute(INSERT, { tenantId, ...note(newId(), { key: '?' }) });
      await context.database.execute(INSERT, { tenantId, ...note(newId(), { key: 'x'.repeat(255) }) });
      const found = async (key: string): Promise<number> =>
        (await context.database.rows(FIND_BY_KEY, { tenantId, key })).length;
      expect(await found('café')).toBe(1);
      for (const other of ['CAFÉ', 'cafe', 'café ', '漢', 'x'.repeat(256)]) expect(await found(other)).toBe(0);
    });

    it('count the rows they changed', async () => {
      const other = newId();
      for (let n = 0; n < 3; n++) await context.database.execute(INSERT, { tenantId: other, ...note(newId()) });
      expect(await context.database.execute(RERANK, { tenantId: other, rank: 9 })).toBe(3);
      expect(await context.database.execute(RERANK, { tenantId: newId(), rank: 9 })).toBe(0);
    });

    it('do several writes as one', async () => {
      const old = note(newId());
      await context.database.execute(INSERT, { tenantId, ...old });
      const copyId = newId();
      const moved = { tenantId, id: old.id, copyId, now: new Date() };
      expect(await context.database.rows(MOVE, moved)).toEqual([{ id: copyId }]);
      expect(await find(old.id)).toBeUndefined();
      expect(await find(copyId)).toMatchObject({ body: old.body });
      // The second write fails: the first is undone with it.
      const twice = note(newId());
      await context.database.execute(INSERT, { tenantId, ...twice });
      await expect(context.database.rows(MOVE, { ...moved, id: twice.id, copyId })).rejects.toThrow();
      expect(await find(twice.id)).toBeDefined();
    });

    it('tell a key that is taken from other failures', async () => {
      const row = note(newId());
      await context.database.execute(INSERT, { tenantId, ...row });
      const error: unknown = await context.database.execute(INSERT, { tenantId, ...row }).catch((e: unknown) => e);
      expect(isUniqueViolation(error)).toBe(true);
      const other: unknown = await context.database
        .execute(INSERT, { tenantId, ...note(newId(), { body: null as unknown as string }) })
        .catch((e: unknown) => e);
      expect(other).toBeInstanceOf(Error);
      expect(isUniqueViolation(other)).toBe(false);
    });

    it('serve more callers at once than there are connections', async () => {
      const ids = Array.from({ length: 200 }, () => newId());
      await Promise.all(ids.map((id) => context.database.execute(INSERT, { tenantId, ...note(id) })));
      const found = await Promise.all(ids.map(find));
      expect(found.map((row) => row?.id)).toEqual(ids);
    });
  },
  [NoteEntity],
);
