import { openDatabase, type OpenDatabase, statement } from '@tokenidp/database';
import { newId, UnavailableError } from '@tokenidp/kernel';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createNotes, note, NoteEntity } from '../support/note.entity';

const COUNT = statement({
  name: 'test.readers.count',
  parameters: { upTo: 'integer' },
  postgres: `SELECT CAST(COUNT(*) AS integer) AS "count" FROM generate_series(1, :upTo) AS n`,
});
const RANK = statement({
  name: 'test.readers.rank',
  parameters: { tenantId: 'id', id: 'id' },
  postgres: `SELECT "rank" FROM "note" WHERE "tenantId" = :tenantId AND "id" = :id`,
});
const RERANK = statement({
  name: 'test.readers.rerank',
  parameters: { tenantId: 'id', id: 'id', rank: 'integer' },
  postgres: `UPDATE "note" SET "rank" = :rank WHERE "tenantId" = :tenantId AND "id" = :id`,
});
const FAIL = statement({
  name: 'test.readers.fail',
  parameters: { n: 'integer' },
  postgres: `SELECT 1 / :n AS "quotient"`,
});

describe('reads that share connections', () => {
  let test: TestDatabase;
  let open: OpenDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    open = await openDatabase({ url: test.url, dataDir: '', entities: [NoteEntity] });
    await createNotes(open.database);
  });
  afterAll(async () => {
    await open.close();
    await test.drop();
  });

  const count = async (upTo: number): Promise<number> =>
    (await open.database.rows<{ count: number }>(COUNT, { upTo }))[0]!.count;

  it('are given the answers to their own questions', async () => {
    const counts = await Promise.all(Array.from({ length: 500 }, (_, n) => count(n)));
    expect(counts).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it('do not suffer from the failure of another', async () => {
    const asked = Array.from({ length: 50 }, (_, n) =>
      n % 5 === 0 ? open.database.rows(FAIL, { n: 0 }).catch((error: Error) => error.message) : count(n),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'division by zero')).toHaveLength(10);
    expect(answers.filter((answer) => typeof answer === 'number')).toHaveLength(40);
  });

  it('do not wait behind slow ones', async () => {
    const order: string[] = [];
    const slow = Array.from({ length: 6 }, () => count(4_000_000).then(() => order.push('slow')));
    await new Promise((resolve) => setTimeout(resolve, 60));
    await count(1);
    order.push('quick');
    await Promise.all(slow);
    expect(order.indexOf('quick')).toBeLessThan(3);
  });

  it('see what is committed, and do not wait for a row that somebody is changing', async () => {
    const [tenantId, id] = [newId(), newId()];
    await open.database.dataSource.manager.insert(NoteEntity, { tenantId, ...note(id) } as never);
    const rank = async (): Promise<unknown> => (await open.database.rows(RANK, { tenantId, id }))[0];
    let held: Promise<number> | undefined;
    await open.database.transaction(async (tx) => {
      await open.database.execute(RERANK, { tenantId, id, rank: 2 }, tx);
      held = open.database.execute(RERANK, { tenantId, id, rank: 3 });
      expect(await Promise.all(Array.from({ length: 20 }, rank))).toEqual(Array(20).fill({ rank: 1 }));
    });
    await held;
    expect(await rank()).toEqual({ rank: 3 });
  });

  it('come back after their connections were cut', async () => {
    await Promise.all(Array.from({ length: 10 }, () => count(1)));
    await open.database.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%generate_series%'`,
    );
    for (let n = 0; n < 20; n++) {
      const answer: unknown = await count(n).catch((error: unknown) => error);
      if (answer !== n) expect(answer).toBeInstanceOf(UnavailableError);
    }
    expect(await count(7)).toBe(7);
  });
});
