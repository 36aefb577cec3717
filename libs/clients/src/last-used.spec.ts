import { Logger } from '@nestjs/common';
import type { Clock } from '@tokenidp/kernel';
import { LastUsed } from './last-used';
import type { LastUse, LastUsedRepository } from './last-used.repository';

function setUp(fails = false) {
  const written: [string, readonly LastUse[]][] = [];
  const repository = {
    write: async (table: string, used: readonly LastUse[]) => {
      if (fails) throw new Error('away');
      written.push([table, used]);
    },
  };
  let milliseconds = 0;
  const clock = { now: () => new Date(milliseconds++) };
  return { written, lastUsed: new LastUsed(repository as unknown as LastUsedRepository, clock as Clock) };
}

describe('LastUsed', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('writes each row once, with the latest instant', async () => {
    const { written, lastUsed } = setUp();
    for (let time = 0; time < 3; time += 1) lastUsed.touch('client', { tenantId: 't', id: 'a' });
    lastUsed.touch('client_secret', { tenantId: 't', id: 'b' });
    await lastUsed.flush();
    expect(written).toEqual([
      ['client', [{ tenantId: 't', id: 'a', at: new Date(2) }]],
      ['client_secret', [{ tenantId: 't', id: 'b', at: new Date(3) }]],
    ]);
    await lastUsed.flush();
    expect(written).toHaveLength(2);
  });

  it('writes many in batches', async () => {
    const { written, lastUsed } = setUp();
    for (let id = 0; id < 2_500; id += 1) lastUsed.touch('client', { tenantId: 't', id: String(id) });
    await lastUsed.flush();
    expect(written.map(([, used]) => used.length)).toEqual([1_000, 1_000, 500]);
  });

  it('writes what is left at shutdown, and fails nobody', async () => {
    const { lastUsed } = setUp(true);
    lastUsed.onModuleInit();
    lastUsed.touch('client', { tenantId: 't', id: 'a' });
    await expect(lastUsed.beforeApplicationShutdown()).resolves.toBeUndefined();
  });
});
