import { MasterKeys, UnavailableError } from '@tokenidp/kernel';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { HashQueue } from './hash-queue';
import { PasswordHasher } from './password-hasher';

const one = { id: 'one', key: randomBytes(32) };
const two = { id: 'two', key: randomBytes(32) };
const hasher = new PasswordHasher(new MasterKeys([one]));

describe('PasswordHasher', () => {
  it('S-135 RFC 9106 §4 stores argon2id with a fresh salt, the key id in front, and never the same text twice', async () => {
    const [first, second] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')]);
    expect(first).toMatch(/^one\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(second).not.toBe(first);
    expect(await hasher.verify('correct horse', first)).toBe(true);
    expect(await hasher.verify('correct horsf', first)).toBe(false);
  });

  it('S-135 RFC 6819 §5.1.4.1.3 verifies nothing without the pepper, and all of it while the old key is still there', async () => {
    const stored = await hasher.hash('correct horse');
    const rolled = new PasswordHasher(new MasterKeys([two, one]));
    const forgetful = new PasswordHasher(new MasterKeys([two]));
    const impostor = new PasswordHasher(new MasterKeys([{ id: 'one', key: randomBytes(32) }]));
    expect(await rolled.verify('correct horse', stored)).toBe(true);
    expect(await forgetful.verify('correct horse', stored)).toBe(false);
    expect(await impostor.verify('correct horse', stored)).toBe(false);
    expect([hasher.isOutdated(stored), rolled.isOutdated(stored)]).toEqual([false, true]);
    expect(hasher.isOutdated(stored.replace('t=2', 't=1'))).toBe(true);
  });

  it('S-130 hashes composed and decomposed letters alike', async () => {
    expect(await hasher.verify('cafe\u0301 au lait', await hasher.hash('caf\u00e9 au lait'))).toBe(true);
  });

  it('S-130 does not cut: passwords of 80 and 1000 characters that differ at the end are different', async () => {
    const long = 'x'.repeat(72);
    expect(await hasher.verify(`${long}12345678`, await hasher.hash(`${long}22345678`))).toBe(false);
    expect(await hasher.verify(`${'y'.repeat(999)}1`, await hasher.hash(`${'y'.repeat(999)}2`))).toBe(false);
  });

  it('S-187 fails closed on no hash and on garbage', async () => {
    for (const stored of [null, '', 'one', 'one$', 'one$argon2id$garbage', 'plain text']) {
      expect(await hasher.verify('correct horse', stored)).toBe(false);
    }
  });

  it('S-136 does the work of a comparison when there is nothing to compare with', async () => {
    const stored = await hasher.hash('correct horse');
    const work = jest.spyOn(HashQueue.prototype, 'run');
    for (const against of [stored, null, stored.replace('one$', 'gone$')]) {
      work.mockClear();
      expect(await hasher.verify('wrong horse', against)).toBe(false);
      expect(work).toHaveBeenCalledTimes(1);
    }
    work.mockRestore();
  });

  it('S-184 refuses what exceeds the cores and the queue, and serves the rest', async () => {
    const places = availableParallelism() * 5;
    const outcomes = await Promise.allSettled(Array.from({ length: places + 3 }, () => hasher.verify('x', null)));
    const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(UnavailableError);
    expect(await hasher.verify('x', null)).toBe(false);
  });
});

describe('HashQueue', () => {
  it('S-184 RFC 6819 §4.4.1.11 runs so many at once, keeps the order, and frees the place of a failed work', async () => {
    const queue = new HashQueue(2, 3);
    const log: string[] = [];
    let running = 0;
    let most = 0;
    const work = (name: string) => async () => {
      most = Math.max(most, (running += 1));
      log.push(name);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (name === 'b') throw new Error('failed');
      return name;
    };
    const runs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => queue.run(work(name)));
    const outcomes = await Promise.allSettled(runs);
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
    ]);
    expect(outcomes[5]).toMatchObject({ reason: { retryAfterSeconds: 2 } });
    expect([log, most]).toEqual([['a', 'b', 'c', 'd', 'e'], 2]);
    expect(await queue.run(work('g'))).toBe('g');
  });
});
