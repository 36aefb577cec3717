import { Counters, openDatabase, type OpenDatabase } from '@tokenidp/database';
import { newId, SystemClock } from '@tokenidp/kernel';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('Counters', () => {
  let test: TestDatabase;
  let open: OpenDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    open = await openDatabase({ url: test.url, dataDir: '', entities: [] });
  });
  afterAll(async () => {
    await open.close();
    await test.drop();
  });
  it('counts every one of many hits at once', async () => {
    const counters = new Counters(open.database, new SystemClock());
    const tenantId = newId();
    await Promise.all(Array.from({ length: 50 }, () => counters.hit(tenantId, 'k', 60)));
    expect((await counters.get(tenantId, 'k'))?.count).toBe(50);
  });
});
