import { isId } from '@tokenidp/kernel';
import type { AuditEventName, AuditResult } from '../events';

/** What the sums look at of an event. */
export interface CountedEvent {
  readonly id: string;
  readonly occurredAt: Date;
  readonly event: AuditEventName;
  readonly result: AuditResult;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly occurrences: number;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

export type Interval = 'hour' | 'day';

export interface Sum {
  readonly resolution: Interval;
  readonly beginsAt: string;
  readonly metric: Metric;
  /** what it is of: a grant type, a cause, the row id of a client; empty for the metric as a whole */
  readonly key: string;
  count: number;
}

export interface ActiveUser {
  readonly dayAt: string;
  readonly userId: string;
}

export const METRICS = [
  'active-user',
  'app',
  'failure',
  'sign-in-failed',
  'sign-in-succeeded',
  'token',
  'user-created',
] as const;
export type Metric = (typeof METRICS)[number];

const HOUR_MILLISECONDS = 3_600_000;
const LENGTHS: Readonly<Record<Interval, number>> = { hour: HOUR_MILLISECONDS, day: 24 * HOUR_MILLISECONDS };
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const UNKNOWN = 'unknown';

/** The beginning of the hour or the day, in UTC. */
export function beginOf(interval: Interval, at: Date): Date {
  return new Date(Math.floor(at.getTime() / LENGTHS[interval]) * LENGTHS[interval]);
}

export function lengthOf(interval: Interval): number {
  return LENGTHS[interval];
}

/** What one event adds, in which sums. */
function partsOf({ event, result, clientId, detail }: CountedEvent): [Metric, string][] {
  const parts: [Metric, string][] = [];
  if (event === 'sign-in.succeeded') parts.push(['sign-in-succeeded', '']);
  if (event === 'sign-in.failed') parts.push(['sign-in-failed', '']);
  if (event === 'user.created') parts.push(['user-created', '']);
  if (event === 'token.issued' || event === 'token.exchanged') {
    parts.push(['token', grantOf(event, detail)]);
    if (clientId) parts.push(['app', clientId]);
  }
  if (result === 'failure') parts.push(['failure', causeOf(event, detail)]);
  return parts;
}

function grantOf(event: AuditEventName, detail: CountedEvent['detail']): string {
  const grant = event === 'token.exchanged' ? EXCHANGE : (detail?.grant ?? detail?.grant_type);
  return typeof grant === 'string' && grant.length <= 100 ? grant : UNKNOWN;
}

/** Only a word is a cause: free text would make a sum for each of its kind. */
function causeOf(event: AuditEventName, detail: CountedEvent['detail']): string {
  const reason = detail?.reason;
  return typeof reason === 'string' && /^[a-z][a-z0-9_-]{0,40}$/.test(reason) ? `${event}: ${reason}` : event;
}

/** Applications are many: they are summed by the day alone. */
const BY_DAY_ALONE: ReadonlySet<Metric> = new Set(['app']);

/** What a batch of events adds to the sums of its tenant. */
export function sumsOf(events: readonly CountedEvent[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const event of events) {
    for (const [metric, key] of partsOf(event)) {
      const intervals: readonly Interval[] = BY_DAY_ALONE.has(metric) ? ['day'] : ['hour', 'day'];
      for (const resolution of intervals) {
        add(sums, {
          resolution,
          beginsAt: beginOf(resolution, event.occurredAt).toISOString(),
          metric,
          key,
          count: event.occurrences,
        });
      }
    }
  }
  return [...sums.values()];
}

function add(sums: Map<string, Sum>, sum: Sum): void {
  const name = `${sum.resolution} ${sum.beginsAt} ${sum.metric} ${sum.key}`;
  const known = sums.get(name);
  if (known) known.count += sum.count;
  else sums.set(name, sum);
}

const ACTIVE: ReadonlySet<AuditEventName> = new Set(['sign-in.succeeded', 'token.issued']);

/** Who did something, each once a day. */
export function activeUsersOf(events: readonly CountedEvent[]): ActiveUser[] {
  const users = new Map<string, ActiveUser>();
  for (const { event, actorType, actorId, occurredAt } of events) {
    if (actorType !== 'user' || !actorId || !isId(actorId) || !ACTIVE.has(event)) continue;
    const dayAt = beginOf('day', occurredAt).toISOString();
    users.set(`${dayAt} ${actorId}`, { dayAt, userId: actorId });
  }
  return [...users.values()];
}
