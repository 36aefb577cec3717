import { newId } from '@tokenidp/kernel';
import { activeUsersOf, beginOf, type CountedEvent, sumsOf } from './sums';

const at = new Date('2026-11-24T12:34:56.789Z');
const event = (more: Partial<CountedEvent>): CountedEvent => ({
  id: newId(),
  occurredAt: at,
  event: 'sign-in.succeeded',
  result: 'success',
  actorType: 'user',
  actorId: null,
  clientId: null,
  occurrences: 1,
  detail: null,
  ...more,
});
const lines = (events: readonly CountedEvent[]) =>
  sumsOf(events)
    .map(({ resolution, beginsAt, metric, key, count }) => `${resolution} ${beginsAt} ${metric} ${key} ${count}`)
    .sort();

describe('the sums of a batch', () => {
  it('begin with the hour and the day in UTC', () => {
    expect(beginOf('hour', at).toISOString()).toBe('2026-11-24T12:00:00.000Z');
    expect(beginOf('day', at).toISOString()).toBe('2026-11-24T00:00:00.000Z');
  });

  it('count occurrences by grant and, by the day alone, by application', () => {
    const token = event({ event: 'token.issued', clientId: 'c', actorType: 'client' });
    const events = [
      { ...token, occurrences: 40, detail: { grant_type: 'client_credentials' } },
      { ...token, detail: { grant: 'client_credentials' } },
      { ...token, event: 'token.exchanged' as const },
      { ...token, clientId: null, detail: { grant: 7 } },
    ];
    expect(lines(events)).toEqual([
      'day 2026-11-24T00:00:00.000Z app c 42',
      'day 2026-11-24T00:00:00.000Z token client_credentials 41',
      'day 2026-11-24T00:00:00.000Z token unknown 1',
      'day 2026-11-24T00:00:00.000Z token urn:ietf:params:oauth:grant-type:token-exchange 1',
      'hour 2026-11-24T12:00:00.000Z token client_credentials 41',
      'hour 2026-11-24T12:00:00.000Z token unknown 1',
      'hour 2026-11-24T12:00:00.000Z token urn:ietf:params:oauth:grant-type:token-exchange 1',
    ]);
  });

  it('name a cause by a word, and never by free text', () => {
    const failed = event({ event: 'sign-in.failed', result: 'failure', detail: { reason: 'wrong' } });
    const free = event({ event: 'job.failed', result: 'failure', detail: { reason: 'connect ECONNREFUSED 10.0.0.1' } });
    expect(lines([failed, free]).filter((line) => line.startsWith('day'))).toEqual([
      'day 2026-11-24T00:00:00.000Z failure job.failed 1',
      'day 2026-11-24T00:00:00.000Z failure sign-in.failed: wrong 1',
      'day 2026-11-24T00:00:00.000Z sign-in-failed  1',
    ]);
  });

  it('hold each user once a day, and no client', () => {
    const [ada, bob] = [newId(), newId()];
    const tomorrow = new Date('2026-11-25T00:00:00.000Z');
    const users = activeUsersOf([
      event({ actorId: ada }),
      event({ actorId: ada, event: 'token.issued' }),
      event({ actorId: ada, occurredAt: tomorrow }),
      event({ actorId: bob, event: 'user.changed' }),
      event({ actorId: bob, actorType: 'client', event: 'token.issued' }),
      event({ actorId: 'no id' }),
    ]);
    expect(users).toEqual([
      { dayAt: '2026-11-24T00:00:00.000Z', userId: ada },
      { dayAt: '2026-11-25T00:00:00.000Z', userId: ada },
    ]);
  });
});
