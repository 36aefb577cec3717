import { isUniqueViolation, TenantRepository } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { In, IsNull } from 'typeorm';
import { onEveryDatabase } from '../support/contract';
import { createNotes, note, NoteEntity } from '../support/note.entity';
import { watchTenants } from '../support/tenant-watch';

onEveryDatabase(
  'tenant repository',
  (context) => {
    let notes: TenantRepository<NoteEntity>;
    let watched: () => { seen: number; loose: string[] };
    beforeAll(async () => {
      await createNotes(context.database);
      notes = new TenantRepository(context.database, NoteEntity);
      watched = await watchTenants(context.database);
    });
    afterAll(() => {
      const { seen, loose } = watched();
      expect(seen).toBeGreaterThan(0);
      expect(loose).toEqual([]);
    });

    it('gives back every kind of value as it was', async () => {
      const tenantId = newId();
      const row = note(newId(), {
        hash: 'v1.h',
        title: 'ß',
        readAt: new Date('2026-01-01T00:00:00.001Z'),
        labels: ['a', { b: null }],
        pinned: true,
        size: 2 ** 40,
      });
      await notes.insert(tenantId, row);
      expect({ ...(await notes.findOne(tenantId, { id: row.id })) }).toEqual({ tenantId, ...row });
      await notes.update(tenantId, { id: row.id }, { labels: { c: 1 }, pinned: false, readAt: null });
      expect(await notes.findOne(tenantId, { id: row.id })).toMatchObject({
        labels: { c: 1 },
        pinned: false,
        readAt: null,
      });
    });

    it('reaches no row of another tenant, whatever it is told', async () => {
      const [mine, theirs] = [newId(), newId()];
      const id = newId();
      await notes.insert(theirs, note(id, { body: 'theirs' }));
      const where = { id, tenantId: theirs } as { id: string };
      expect(await notes.findOne(mine, { id })).toBeNull();
      expect(await notes.findOne(mine, where)).toBeNull();
      expect(await notes.find(mine, where)).toEqual([]);
      expect(await notes.update(mine, where, { body: 'mine' })).toBe(0);
      expect(await notes.delete(mine, where)).toBe(0);
      await notes.insert(mine, { ...note(id), tenantId: theirs } as never);
      expect(await notes.find(theirs, {})).toMatchObject([{ id, body: 'theirs' }]);
    });

    it('cannot move a row to another tenant or id', async () => {
      const [tenantId, other, id] = [newId(), newId(), newId()];
      await notes.insert(tenantId, note(id));
      await notes.update(tenantId, { id }, { rank: 7, tenantId: other, id: newId() } as never);
      expect(await notes.findOne(tenantId, { id })).toMatchObject({ rank: 7 });
      expect(await notes.find(other, {})).toEqual([]);
    });

    it('does not take a missing value for any value', async () => {
      const tenantId = newId();
      await notes.insert(tenantId, note(newId()));
      const nothing = { id: undefined } as unknown as { id: string };
      for (const call of [
        () => notes.find(tenantId, nothing),
        () => notes.findOne(undefined as unknown as string, {}),
        () => notes.delete(tenantId, nothing),
        () => notes.delete(tenantId, {}),
        () => notes.update(tenantId, {}, { rank: 2 }),
      ]) {
        await expect((async () => call())()).rejects.toThrow();
      }
      expect(await notes.find(tenantId, {})).toHaveLength(1);
    });

    it('finds by operators, in order, as many as asked for', async () => {
      const tenantId = newId();
      const rows = [3, 1, 2].map((rank) => note(newId(), { rank, parentId: rank === 2 ? newId() : null }));
      await notes.insert(tenantId, rows);
      const ranks = (found: NoteEntity[]): number[] => found.map(({ rank }) => rank);
      expect(ranks(await notes.find(tenantId, {}, { order: { rank: 'ASC' } }))).toEqual([1, 2, 3]);
      expect(ranks(await notes.find(tenantId, {}, { order: { rank: 'DESC' }, take: 2 }))).toEqual([3, 2]);
      expect(ranks(await notes.find(tenantId, { parentId: IsNull() }, { order: { rank: 'ASC' } }))).toEqual([1, 3]);
      expect(await notes.find(tenantId, { id: In(rows.map(({ id }) => id)) })).toHaveLength(3);
    });

    it('takes part in a transaction', async () => {
      const [tenantId, id] = [newId(), newId()];
      const undone = context.database.transaction(async (tx) => {
        await notes.insert(tenantId, note(id), tx);
        expect(await notes.findOne(tenantId, { id }, tx)).not.toBeNull();
        expect(await notes.findOne(tenantId, { id })).toBeNull();
        throw new Error('no');
      });
      await expect(undone).rejects.toThrow('no');
      expect(await notes.findOne(tenantId, { id })).toBeNull();
    });

    it('is seen through when it is passed by', async () => {
      expect(watched().loose).toEqual([]);
      const passed = await watchTenants(context.database);
      await context.database.dataSource.manager.findOneBy(NoteEntity, { id: newId() });
      expect(passed().loose).toHaveLength(1);
      watched = await watchTenants(context.database);
    });

    it('tells a key that is taken', async () => {
      const [tenantId, row] = [newId(), note(newId())];
      await notes.insert(tenantId, row);
      const error: unknown = await notes.insert(tenantId, [note(newId()), row]).catch((e: unknown) => e);
      expect(isUniqueViolation(error)).toBe(true);
      expect(await notes.find(tenantId, {})).toHaveLength(1);
    });
  },
  [NoteEntity],
);
