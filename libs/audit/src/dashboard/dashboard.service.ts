import { Injectable } from '@nestjs/common';
import { Clock, ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { AppFigureDto, DashboardDto, DashboardPointDto, ReadDashboardDto } from './dashboard.dto';
import { DashboardSources } from './dashboard-sources';
import { type SeriesRow, StatisticsRepository } from './statistics.repository';
import { beginOf, type Interval, lengthOf, type Metric } from './sums';

const MAX_POINTS: Readonly<Record<Interval, number>> = { hour: 24 * 31, day: 400 };
const DEFAULT_POINTS: Readonly<Record<Interval, number>> = { hour: 24, day: 30 };
const TOP = 10;

interface Range {
  readonly interval: Interval;
  readonly from: Date;
  readonly to: Date;
}

/** Figures of a tenant: nothing is counted here, only read. */
@Injectable()
export class DashboardService {
  constructor(
    private readonly repository: StatisticsRepository,
    private readonly sources: DashboardSources,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError (invalid-input) for a range that is none, or too long */
  async read(tenant: Tenant, asked: ReadDashboardDto): Promise<DashboardDto> {
    const range = rangeOf(asked, this.clock.now());
    const { interval, from, to } = range;
    const [rows, topApps, countedUntil, alerts] = await Promise.all([
      this.repository.series(tenant.id, interval, range),
      this.topApps(tenant.id, range),
      this.repository.countedUntil(tenant.id),
      this.sources.alerts(tenant),
    ]);
    return {
      ...{ from, to, interval, countedUntil, topApps },
      points: pointsOf(range, rows),
      tokensByGrant: byKey(rows, 'token').map(([grantType, count]) => ({ grantType, count })),
      failures: byKey(rows, 'failure').map(([cause, count]) => ({ cause, count })),
      alerts: [...alerts],
    };
  }

  private async topApps(tenantId: string, { from, to }: Range): Promise<AppFigureDto[]> {
    const top = await this.repository.top(tenantId, { from: beginOf('day', from), to }, TOP);
    const names = await this.sources.clientNames(
      tenantId,
      top.map(({ key }) => key),
    );
    return top.map(({ key, count }) => ({ id: key, name: names.get(key) ?? null, tokens: count }));
  }
}

/** Whole hours or days, with the one that goes on just now. */
export function rangeOf(asked: ReadDashboardDto, now: Date): Range {
  const { interval = 'day' } = asked;
  const length = lengthOf(interval);
  const end = asked.to === undefined ? now : new Date(asked.to);
  const to = new Date(beginOf(interval, new Date(end.getTime() - 1)).getTime() + length);
  const first = asked.from === undefined ? to.getTime() - DEFAULT_POINTS[interval] * length : Date.parse(asked.from);
  const from = beginOf(interval, new Date(first));
  const points = (to.getTime() - from.getTime()) / length;
  if (points >= 1 && points <= MAX_POINTS[interval]) return { interval, from, to };
  const detail = `A range has 1 to ${MAX_POINTS[interval]} of these intervals.`;
  throw new ProblemError('invalid-input', detail, [{ pointer: '/from', detail }]);
}

function pointsOf({ interval, from, to }: Range, rows: readonly SeriesRow[]): DashboardPointDto[] {
  const points = new Map<number, DashboardPointDto>();
  for (let at = from.getTime(); at < to.getTime(); at += lengthOf(interval)) {
    const activeUsers = interval === 'day' ? 0 : null;
    const nothing = { signInsSucceeded: 0, signInsFailed: 0, tokens: 0, newUsers: 0, activeUsers };
    points.set(at, { beginsAt: new Date(at), ...nothing });
  }
  for (const { beginsAt, metric, count } of rows) {
    const member = MEMBERS[metric];
    const point = points.get(beginsAt.getTime());
    if (member && point) point[member] = (point[member] ?? 0) + Number(count);
  }
  return [...points.values()];
}

const MEMBERS: Readonly<Partial<Record<Metric, Exclude<keyof DashboardPointDto, 'beginsAt'>>>> = {
  'active-user': 'activeUsers',
  'sign-in-failed': 'signInsFailed',
  'sign-in-succeeded': 'signInsSucceeded',
  token: 'tokens',
  'user-created': 'newUsers',
};

function byKey(rows: readonly SeriesRow[], metric: Metric): [string, number][] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    if (row.metric === metric) sums.set(row.key, (sums.get(row.key) ?? 0) + Number(row.count));
  }
  return [...sums].sort(([, left], [, right]) => right - left);
}
