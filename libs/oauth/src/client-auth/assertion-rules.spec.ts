import { Logger } from '@nestjs/common';
import { clientLike, FixedClock, NOW, tenant } from '../../test/samples';
import { NOW_SECONDS } from '../../test/token-samples';
import type { ReplaysRepository } from '../tokens/replays.repository';
import { AssertionRules } from './assertion-rules';

const spent = new Map<string, Date>();
const replays = {
  spend: async (_tenantId: string, key: string, expiresAt: Date) => {
    const isFirst = !spent.has(key);
    spent.set(key, expiresAt);
    return isFirst;
  },
} as unknown as ReplaysRepository;
const rules = new AssertionRules(replays, new FixedClock());
const claims = { iss: 'app', sub: 'app', aud: tenant.issuer, jti: 'once', exp: NOW_SECONDS + 60 };
const accept = (changes: object = {}, client = clientLike()) =>
  rules.accept({ jwt: 'x', header: { alg: 'ES256' }, claims: { ...claims, ...changes } }, client, tenant);

beforeEach(() => spent.clear());

describe('RFC 7523 §3 S-056 a client assertion', () => {
  it('is accepted once, and remembered until it has expired', async () => {
    await expect(accept()).resolves.toBe(true);
    await expect(accept()).resolves.toBe(false);
    expect([...spent.values()]).toEqual([new Date(NOW.getTime() + 60_000)]);
  });

  it('does not stand in the way of the same jti of another client', async () => {
    await expect(accept()).resolves.toBe(true);
    const other = clientLike({ id: 'another row', client_id: 'other' });
    await expect(accept({ iss: 'other', sub: 'other' }, other)).resolves.toBe(true);
  });

  it('spends nothing when a claim is wrong', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await expect(accept({ aud: 'https://other.example' })).resolves.toBe(false);
    expect(spent.size).toBe(0);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('aud'));
    warn.mockRestore();
  });
});
