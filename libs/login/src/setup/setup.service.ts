/** @spec RFC 9700 §2 — no shared or default password: the first administrator comes by a random link that works once (S-139). */
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, hasTokenForm, newId, randomToken, type RequestContext, sha256 } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { SetupRepository } from './setup.repository';

const TAG = 'tsu';
const LIFETIME_MILLISECONDS = 24 * 60 * 60 * 1000;
const ROLES = ['owner', 'operator'];

export interface FirstAdministrator {
  email: string;
  username: string;
  password: string;
}

@Injectable()
export class SetupService {
  constructor(
    private readonly repository: SetupRepository,
    private readonly tenants: TenantsService,
    private readonly users: UsersService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A new link for the log, good for a day; null when there is an administrator, or no system tenant yet. */
  async createLink(): Promise<string | null> {
    const tenant = await this.tenants.findSystem();
    if (!tenant || (await this.repository.hasAdministrator(tenant.id))) return null;
    const token = randomToken(TAG);
    const now = this.clock.now();
    const row = { tenantId: tenant.id, id: newId(), hash: sha256(token) };
    await this.repository.insert(row, now, new Date(now.getTime() + LIFETIME_MILLISECONDS));
    return `${tenant.issuer}/setup?token=${token}`;
  }

  /**
   * The unattended way (BOOTSTRAP_ADMIN_*). Null when there is an administrator already.
   * @throws UsersError
   */
  async createAdministrator(input: FirstAdministrator): Promise<User | null> {
    const tenant = await this.tenants.findSystem();
    if (!tenant || (await this.repository.hasAdministrator(tenant.id))) return null;
    return this.alone(tenant, async (tx) => {
      if (await this.repository.hasAdministrator(tenant.id, tx)) return null;
      return this.users.create(tenant, { ...input, roles: ROLES }, { tx });
    });
  }

  async isLive(tenant: Tenant, token: string): Promise<boolean> {
    if (tenant.kind !== 'system' || !hasTokenForm(TAG, token)) return false;
    return this.repository.isLive(tenant.id, sha256(token), this.clock.now());
  }

  /**
   * Spends the token and makes the user in one transaction: what is refused spends nothing. Null when it was spent.
   * @throws UsersError
   */
  redeem(tenant: Tenant, token: string, input: FirstAdministrator, request: RequestContext): Promise<User | null> {
    return this.alone(tenant, async (tx) => {
      if (!(await this.repository.redeem(tenant.id, sha256(token), this.clock.now(), tx))) return null;
      return this.users.create(tenant, { ...input, roles: ROLES }, { request, tx });
    });
  }

  /** Each start tells a link of its own: one caller at a time, and the next one sees what the last one did. */
  private alone<T>(tenant: Tenant, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await this.repository.lock(tenant.id, tx);
      return work(tx);
    });
  }
}
