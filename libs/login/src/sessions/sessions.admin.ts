/** @spec ASVS V7.4.5 — administrators see the sessions of a tenant and end them, as if their users had left (S-123). */
import { Injectable } from '@nestjs/common';
import { type AdminCall, instantOf, MovingInstant, readPage } from '@tokenidp/admin-api';
import { Database } from '@tokenidp/database';
import { Clock, ProblemError } from '@tokenidp/kernel';
import { SignOut } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import type {
  ListSessionsDto,
  RevokedSessionsDto,
  RevokeSessionsDto,
  SessionDto,
  SessionPageDto,
} from '../dto/session.dto';
import { type ListedSession, SESSIONS } from './sessions.list';

const BATCH = 500;

@Injectable()
export class SessionsAdmin {
  constructor(
    private readonly database: Database,
    private readonly signOut: SignOut,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  list(tenant: Tenant, { limit, cursor, sort = '-createdAt', active, ...asked }: ListSessionsDto) {
    const now = new MovingInstant(this.clock.now());
    const liveness = active === undefined ? {} : active ? { liveAt: now } : { overAt: now };
    const source = { list: SESSIONS, database: this.database, tenantId: tenant.id };
    const request = { limit, cursor, sort, filters: { ...filtersOf(asked), ...liveness } };
    return readPage(source, request, (row) => this.view(row)) as Promise<SessionPageDto>;
  }

  async get(tenant: Tenant, id: string): Promise<SessionDto> {
    const [row] = await SESSIONS.rows(this.database, tenant.id, { filters: { id }, sort: 'createdAt', take: 1 });
    if (!row) throw new ProblemError('not-found', 'There is no such session.');
    const { sortValue: _value, sortId: _id, ...session } = row;
    return this.view(session);
  }

  /** One that is over already is as good as ended. @throws ProblemError (not-found) */
  async revoke(tenant: Tenant, id: string, call: AdminCall): Promise<void> {
    await this.get(tenant, id);
    await this.end(tenant, id, call);
  }

  /** @throws UsersError (not-found) */
  async revokeOfUser(tenant: Tenant, userId: string, call: AdminCall): Promise<RevokedSessionsDto> {
    await this.users.get(tenant, userId);
    return this.revokeMany(tenant, { userId }, call);
  }

  /** So many at once, each in a transaction of its own. @throws ProblemError (invalid-input) without a filter */
  async revokeMany(tenant: Tenant, asked: RevokeSessionsDto, call: AdminCall): Promise<RevokedSessionsDto> {
    if (Object.values(asked).every((value) => value === undefined)) {
      throw new ProblemError('invalid-input', 'Say which sessions are to be ended.');
    }
    const filters = { ...filtersOf(asked), liveAt: this.clock.now() };
    const rows = await SESSIONS.rows(this.database, tenant.id, { filters, sort: 'createdAt', take: BATCH + 1 });
    let revoked = 0;
    for (const { id } of rows.slice(0, BATCH)) if (await this.end(tenant, id, call)) revoked += 1;
    return { revoked, hasMore: rows.length > BATCH };
  }

  private async end(tenant: Tenant, id: string, call: AdminCall): Promise<boolean> {
    const { actor, request: context } = call.change();
    return (await this.signOut.revoke(tenant.id, id, { actor, context })) !== null;
  }

  private view(row: ListedSession): SessionDto {
    const now = this.clock.now();
    const active = row.endedAt === null && row.idleExpiresAt > now && row.absoluteExpiresAt > now;
    return { ...row, active };
  }
}

function filtersOf({ userId, clientId, ip, createdFrom, createdTo }: RevokeSessionsDto): Record<string, unknown> {
  return { userId, clientId, ip, createdFrom: instantOf(createdFrom), createdTo: instantOf(createdTo) };
}
