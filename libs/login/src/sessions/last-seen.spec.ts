import { Logger } from '@nestjs/common';
import { LastSeen } from './last-seen';
import type { SessionsRepository } from './sessions.repository';

const session = { tenantId: 't', id: 's' };
const now = new Date(0);

function lastSeenWith(touch: () => Promise<void>): LastSeen {
  return new LastSeen({ touch } as unknown as SessionsRepository);
}

describe('LastSeen', () => {
  it('writes a session once at a time, however often it is used meanwhile', async () => {
    const touch = jest.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 5)));
    const lastSeen = lastSeenWith(touch);
    for (let use = 0; use < 5; use += 1) lastSeen.write(session, now, now);
    lastSeen.write({ ...session, id: 'other' }, now, now);
    await lastSeen.beforeApplicationShutdown();
    expect(touch).toHaveBeenCalledTimes(2);
    lastSeen.write(session, now, now);
    await lastSeen.beforeApplicationShutdown();
    expect(touch).toHaveBeenCalledTimes(3);
  });

  it('a write that fails is logged and harms nobody', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const lastSeen = lastSeenWith(() => Promise.reject(new Error('away')));
    lastSeen.write(session, now, now);
    await lastSeen.beforeApplicationShutdown();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('away'));
    warn.mockRestore();
  });
});
