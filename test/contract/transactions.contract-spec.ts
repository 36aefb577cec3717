import { statement, type Transaction } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { onEveryDatabase } from '../support/contract';
import { createNotes, note, NoteEntity } from '../support/note.entity';

const COUNT = statement({
  name: 'test.note.count',
  parameters: { tenantId: 'id' },
  sql: `SELECT CAST(COUNT(*) AS integer) AS "count" FROM "note" WHERE "tenantId" = :tenantId`,
});
const DELETE = statement({
  name: 'test.note.delete',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `DELETE FROM "note" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

onEveryDatabase(
  'transactions',
  (context) => {
    beforeAll(() => createNotes(context.database));

    const count = async (tenantId: string, tx?: Transaction): Promise<number> =>
      (await context.database.rows<{ count: number }>(COUNT, { tenantId }, tx))[0]!.count;
    const insert = (tenantId: string, id: string, tx: Transaction): Promise<unknown> =>
      tx.manager.getRepository(NoteEntity).insert({ tenantId, ...note(id) } as never);

    it('share one connection between statements and TypeORM, seen by nobody else before they commit', async () => {
      const tenantId = newId();
      const id = newId();
      await context.database.transaction(async (tx) => {
        await insert(tenantId, id, tx);
        expect(await count(tenantId, tx)).toBe(1);
        expect(await count(tenantId)).toBe(0);
        await insert(tenantId, newId(), tx);
        expect(await context.database.execute(DELETE, { tenantId, id }, tx)).toBe(1);
        expect(await tx.manager.countBy(NoteEntity, { tenantId })).toBe(1);
      });
      expect(await count(tenantId)).toBe(1);
    });

    it('leave nothing behind when the work rejects, and pass its error on as it was', async () => {
      const tenantId = newId();
      const refusal = new Error('no');
      const work = context.database.transaction(async (tx) => {
        await insert(tenantId, newId(), tx);
        throw refusal;
      });
      await expect(work).rejects.toBe(refusal);
      expect(await count(tenantId)).toBe(0);
    });

    it('do not commit what is left after a statement has failed', async () => {
      const tenantId = newId();
      const id = newId();
      const work = context.database.transaction(async (tx) => {
        await insert(tenantId, id, tx);
        await insert(tenantId, id, tx).catch(() => {});
      });
      await expect(work).rejects.toThrow();
      expect(await count(tenantId)).toBe(0);
    });

    it('are of no use when they are over', async () => {
      const tenantId = newId();
      let kept: Transaction | undefined;
      let repository: { count(): Promise<number> } | undefined;
      await context.database.transaction(async (tx) => {
        kept = tx;
        repository = tx.manager.getRepository(NoteEntity);
        await count(tenantId, tx);
      });
      await expect(count(tenantId, kept)).rejects.toThrow('the transaction has ended');
      await expect(repository!.count()).rejects.toThrow();
    });

    it('run what waits for the commit after it, and never after a rollback', async () => {
      const seen: string[] = [];
      const tenantId = newId();
      await context.database.transaction(async (tx) => {
        tx.afterCommit(() => seen.push('committed'));
        await count(tenantId, tx);
        expect(seen).toEqual([]);
      });
      const rolledBack = context.database.transaction(async (tx) => {
        tx.afterCommit(() => seen.push('rolled back'));
        throw new Error('no');
      });
      await expect(rolledBack).rejects.toThrow('no');
      expect(seen).toEqual(['committed']);
    });

    it('take several statements at once', async () => {
      const tenantId = newId();
      const counts = await context.database.transaction((tx) =>
        Promise.all(Array.from({ length: 5 }, () => count(tenantId, tx))),
      );
      expect(counts).toEqual([0, 0, 0, 0, 0]);
    });

    it('are told to an observer, one line a statement', async () => {
      const told: string[] = [];
      const stop = context.database.observe((name) => told.push(name));
      await context.database.transaction((tx) => count(newId(), tx));
      stop();
      await count(newId());
      expect(told).toEqual(['begin', 'test.note.count', 'commit']);
    });
  },
  [NoteEntity],
);
