import type { AuditService } from '@tokenidp/audit';
import type { Database } from '@tokenidp/database';
import { type Clock, Envelope, KeyedHash, MasterKeys, randomToken } from '@tokenidp/kernel';
import { randomBytes } from 'node:crypto';
import type { Client, ClientSecret } from './client';
import { ClientSecrets } from './client-secrets';
import type { ClientsRepository } from './clients.repository';
import type { LastUsed } from './last-used';

const now = new Date('2027-01-01T00:00:00Z');
const clock = { now: () => now } as Clock;
const keys = new MasterKeys([{ id: 'one', key: randomBytes(32) }]);
const keyedHash = new KeyedHash(keys);
const envelope = new Envelope(keys);
const touched: string[] = [];

const secrets = new ClientSecrets(
  {} as Database,
  {} as ClientsRepository,
  keyedHash,
  envelope,
  { touch: (_table: string, row: { id: string }) => void touched.push(row.id) } as unknown as LastUsed,
  {} as AuditService,
  clock,
);

function stored(id: string, value: string, more: Partial<ClientSecret> = {}): ClientSecret {
  const hash = keyedHash.hash('client-secret', value);
  return { id, name: id, prefix: value.slice(0, 10), hash, createdAt: now, ...more };
}

const [first, second, old] = [randomToken('tcs'), randomToken('tcs'), randomToken('tcs')];
const client = {
  tenantId: 'tenant',
  secrets: [
    stored('first', first),
    stored('second', second, { expiresAt: new Date('2027-01-01T00:00:01Z') }),
    stored('old', old, { expiresAt: now }),
  ],
} as unknown as Client;

describe('ClientSecrets', () => {
  beforeEach(() => touched.splice(0));

  it('S-172 takes every live secret, so that rotation overlaps, and notes which it was', () => {
    expect(secrets.verify(client, first)).toBe(true);
    expect(secrets.verify(client, second)).toBe(true);
    expect(touched).toEqual(['first', 'second']);
  });

  it('S-172 refuses one that has expired', () => {
    expect(secrets.verify(client, old)).toBe(false);
    expect(touched).toEqual([]);
  });

  it.each([
    ['another', randomToken('tcs')],
    ['an empty one', ''],
    ['a cut one', first.slice(0, -1)],
    ['a longer one', `${first}A`],
    ['one in other case', first.toUpperCase()],
    ['the stored hash', keyedHash.hash('client-secret', first)],
    ['a token of another kind', randomToken('tat')],
  ])('OAuth 2.1 §2.4.1 refuses %s', (_name, value) => {
    expect(secrets.verify(client, value)).toBe(false);
  });

  it('S-187 compares with every live secret, also after a match', () => {
    const verify = jest.spyOn(keyedHash, 'verify');
    secrets.verify(client, first);
    secrets.verify(client, randomToken('tcs'));
    expect(verify.mock.calls.map(([, , hash]) => hash)).toEqual(
      [0, 1, 0, 1].map((index) => client.secrets[index]!.hash),
    );
    verify.mockRestore();
  });

  it('S-053 nothing matches where there is no secret', () => {
    expect(secrets.verify({ ...client, secrets: [] }, first)).toBe(false);
  });

  it('OIDC Core §9 opens only live, sealed secrets, and only of this client', () => {
    const sealed = (id: string, value: string) => envelope.seal(['tenant', 'client_secret', id], Buffer.from(value));
    const jwtClient = {
      ...client,
      secrets: [
        stored('a', first, { sealed: sealed('a', first) }),
        stored('b', second),
        stored('c', old, { sealed: sealed('c', old), expiresAt: now }),
      ],
    };
    expect(secrets.forAssertions(jwtClient)).toEqual([first]);
    const moved = { ...client, secrets: [stored('d', first, { sealed: sealed('a', first) })] };
    expect(() => secrets.forAssertions(moved)).toThrow();
  });
});
