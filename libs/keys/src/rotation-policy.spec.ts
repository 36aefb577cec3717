import { DEFAULT_TENANT_SETTINGS, mergeSettings, type TenantSettingsPatch } from '@tokenidp/tenancy';
import {
  after,
  dueAt,
  type KeyInstants,
  misscheduled,
  type RotationPolicy,
  rotationPolicy,
  rotationSteps,
} from './rotation-policy';

const DAY = 86_400;
const START = new Date('2026-01-01T00:00:00Z');
const policyOf = (patch: TenantSettingsPatch = {}) => rotationPolicy(mergeSettings(DEFAULT_TENANT_SETTINGS, patch));
const policy = policyOf();
const at = (seconds: number) => after(START, seconds);

type Key = { -readonly [M in keyof KeyInstants]: KeyInstants[M] };

function key(state: KeyInstants['state'], instants: Partial<Key> = {}): Key {
  const empty = { activatedAt: null, demotedAt: null, dueAt: null };
  return { id: 'k1', kid: 'k1', alg: 'ES256', state, createdAt: START, ...empty, ...instants };
}

/** Plays the job, one step of time after the other; says what happened when, in days. */
function simulate(days: number, stepSeconds: number, policyAt: (now: Date) => RotationPolicy): string[] {
  const keys: Key[] = [key('current', { id: 'k0', activatedAt: START })];
  const log: string[] = [];
  const say = (now: Date, what: string, id: string) =>
    log.push(`${(now.getTime() - START.getTime()) / 864e5} ${what} ${id}`);
  for (let seconds = 0; seconds <= days * DAY; seconds += stepSeconds) {
    const now = at(seconds);
    const current = policyAt(now);
    for (const step of rotationSteps('ES256', keys, current, now)) {
      if (step.kind === 'create') {
        const id = `k${keys.length}`;
        keys.push(key(step.state, { id, createdAt: now, activatedAt: step.state === 'current' ? now : null }));
        say(now, step.state, id);
      } else if (step.kind === 'activate') {
        if (step.current) Object.assign(step.current, { state: 'previous', demotedAt: now });
        Object.assign(step.next, { state: 'current', activatedAt: now });
        say(now, 'activate', step.next.id);
      } else if (step.kind === 'retire') {
        Object.assign(step.key, { state: 'retired' });
        say(now, 'retire', step.key.id);
      } else if (step.kind === 'demote') {
        Object.assign(step.key, { state: 'previous', demotedAt: now });
        say(now, 'demote', step.key.id);
      }
    }
    for (const { key: each, dueAt: due } of misscheduled(keys, current)) each.dueAt = due;
  }
  return log;
}

describe('rotationPolicy', () => {
  it('S-099 publishes for the lead time and one max-age, and keeps for the longest token life and an hour', () => {
    expect(policy).toMatchObject({ periodSeconds: 90 * DAY, leadSeconds: DAY + 300, keepSeconds: 2 * 3600 });
  });

  it('S-099 keeps a key as long as any resource or client may let a token live, whatever the tenant says', () => {
    expect(policyOf({ lifetimes: { accessTokenSeconds: 60, idTokenSeconds: 60 } }).keepSeconds).toBe(2 * 3600);
  });
});

describe('rotationSteps', () => {
  it('S-099 walks a key through its states: published a lead before, verifying for two hours after', () => {
    const log = simulate(200, 300, () => policy);
    const lead = (DAY + 300) / DAY;
    expect(log).toEqual([
      `${90 - lead} next k1`,
      '90 activate k1',
      `${90 + 2 / 24} retire k0`,
      `${180 - lead} next k2`,
      '180 activate k2',
      `${180 + 2 / 24} retire k1`,
    ]);
  });

  it('S-099 publishes for the lead time even where the job was away, and where lead and period leave no room', () => {
    expect(simulate(203, 100 * DAY, () => policy)).toEqual(['100 next k1', '200 activate k1']);
    const short = policyOf({ keys: { rotationDays: 1, leadSeconds: 2 * DAY } });
    const log = simulate(9, 300, () => short);
    const instants = log.filter((line) => /next|activate/.test(line)).map((line) => Number(line.split(' ')[0]));
    for (let i = 0; i + 1 < instants.length; i += 2) {
      expect(instants[i + 1]! - instants[i]!).toBeGreaterThanOrEqual((2 * DAY + 300) / DAY - 1e-9);
    }
    expect(instants.length).toBeGreaterThan(4);
  });

  it('makes the first key of an algorithm that has none that signs, and lets a next key step in', () => {
    expect(rotationSteps('RS256', [], policy, START)).toEqual([{ kind: 'create', alg: 'RS256', state: 'current' }]);
    expect(rotationSteps('PS256', [], policy, START)).toEqual([]);
    const gone = [key('previous', { demotedAt: START, dueAt: at(7200) })];
    expect(rotationSteps('ES256', gone, policy, START)).toEqual([{ kind: 'create', alg: 'ES256', state: 'current' }]);
    const next = key('next');
    expect(rotationSteps('ES256', [next], policy, START)).toEqual([{ kind: 'activate', next, current: undefined }]);
  });

  it('lets an algorithm go that the tenant does not name any more', () => {
    const without = policyOf({ keys: { algorithms: ['RS256'] } });
    const log = simulate(95, 300, (now) => (now >= at(89.5 * DAY) ? without : policy));
    expect(log.slice(1)).toEqual(['89.5 demote k0', '89.5 retire k1', `${89.5 + 2 / 24} retire k0`]);
  });

  it('follows a shorter and a longer period', () => {
    const shorter = policyOf({ keys: { rotationDays: 30 } });
    const longer = policyOf({ keys: { rotationDays: 120 } });
    const activations = (log: string[]) => log.filter((line) => line.includes('activate'));
    expect(activations(simulate(60, 300, (now) => (now >= at(40 * DAY) ? shorter : policy)))).toEqual([
      `${40 + (DAY + 300) / DAY} activate k1`,
    ]);
    expect(activations(simulate(125, 300, (now) => (now >= at(40 * DAY) ? longer : policy)))).toEqual([
      '120 activate k1',
    ]);
  });
});

describe('dueAt', () => {
  const current = key('current', { id: 'k0', activatedAt: START });

  it('keeps an activation that was asked for, and never before the lead is over', () => {
    const soon = key('next', { createdAt: at(DAY), dueAt: at(2 * DAY + 300) });
    expect(dueAt(soon, [current, soon], policy)).toEqual(at(2 * DAY + 300));
    const tooSoon = key('next', { createdAt: at(DAY), dueAt: at(DAY) });
    expect(dueAt(tooSoon, [current, tooSoon], policy)).toEqual(at(2 * DAY + 300));
  });

  it('has nothing for a key that waits for its successor, or is gone', () => {
    expect(dueAt(current, [current, key('next')], policy)).toBeNull();
    expect(dueAt(key('retired'), [], policy)).toBeNull();
    expect(dueAt(key('revoked'), [], policy)).toBeNull();
  });

  it('does not let a shorter token life shorten the stay of a key', () => {
    const previous = key('previous', { demotedAt: START, dueAt: at(10 * 3600) });
    expect(dueAt(previous, [previous], policy)).toEqual(at(10 * 3600));
  });
});
