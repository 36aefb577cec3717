import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { checkedName, newRow, type NewTenant } from './new-tenant';
import { TenancyError } from './tenancy-error';
import { TenancyOptions } from './tenancy-options';
import type { DescribedTenant, Tenant, TenantStatus } from './tenant';
import { TenantDirectory } from './tenant-directory';
import { TenantInitializers } from './tenant-initializers';
import {
  DEFAULT_TENANT_SETTINGS,
  mergeSettings,
  patchSettings,
  type TenantSettingsMergePatch,
  type TenantSettingsPatch,
} from './tenant-settings';
import { slugProblem, SYSTEM_SLUG } from './tenant-slug';
import { type DescribedRow, type TenantRow, TenantsRepository } from './tenants.repository';
import { validateSettings } from './validate-settings';

/** What a caller adds to a change, in its transaction: the audit event above all, since this lib is below audit. */
export type WithinChange = (tenant: DescribedTenant, tx: Transaction, before: DescribedTenant | null) => Promise<void>;

export interface TenantChange {
  within?: WithinChange;
  /** called with the tenant as it is, its row held; throws when that is not what was expected */
  expect?: (current: DescribedTenant) => void;
  /** the transaction that it takes part in */
  tx?: Transaction;
}

export type TenantPatch = Partial<Pick<Tenant, 'name' | 'displayName' | 'sandbox'>>;

/** How long a deleted tenant can be had back. */
export const REMOVAL_GRACE_DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;

@Injectable()
export class TenantsService {
  constructor(
    private readonly database: Database,
    private readonly repository: TenantsRepository,
    private readonly directory: TenantDirectory,
    private readonly initializers: TenantInitializers,
    private readonly options: TenancyOptions,
    private readonly clock: Clock,
  ) {}

  findBySlug(slug: string): Promise<Tenant | null> {
    return this.directory.bySlug(slug);
  }

  findById(id: string): Promise<Tenant | null> {
    return this.directory.byId(id);
  }

  findSystem(): Promise<Tenant | null> {
    return this.directory.system();
  }

  /** In the order of slugs, from the one after `after`. */
  async list(page: { after?: string; take: number }): Promise<Tenant[]> {
    const rows = await this.repository.list(page.after ?? '', page.take);
    return rows.map((row) => this.directory.toTenant(row));
  }

  /**
   * One transaction with a constant number of rows, however many tenants there are.
   * @throws TenancyError (`invalid-slug`, `slug-taken`, `invalid-name`), TenantSettingsError
   */
  async create(input: NewTenant, change: TenantChange = {}): Promise<Tenant> {
    const problem = slugProblem(input.slug);
    if (problem) throw new TenancyError('invalid-slug', `The slug ${problem}.`);
    const created = await this.insert(newRow(input, 'standard', this.options.rootDomain), change);
    if (!created) throw new TenancyError('slug-taken', 'The slug is taken.');
    return created;
  }

  /** The system tenant, made if there is none; safe on several instances that start on one empty database. */
  async createSystemTenant(): Promise<Tenant> {
    const known = await this.repository.system();
    if (known) return this.directory.toTenant(known);
    const created = await this.insert(newRow({ slug: SYSTEM_SLUG, name: 'System' }, 'system'), {});
    return created ?? this.directory.toTenant((await this.repository.system())!);
  }

  /** @throws TenancyError (`unknown-tenant`) */
  async describe(id: string, tx?: Transaction): Promise<DescribedTenant> {
    const row = await this.repository.describe(id, tx);
    if (!row) throw unknown();
    return this.directory.describe(row);
  }

  /** @throws TenancyError (`unknown-tenant`, `system-tenant`, `being-deleted`) */
  suspend(id: string, change: TenantChange = {}): Promise<DescribedTenant> {
    return this.setStanding(id, change, (row) => standing(row, 'suspended'));
  }

  /** @throws TenancyError (`unknown-tenant`, `system-tenant`, `being-deleted`) */
  resume(id: string, change: TenantChange = {}): Promise<DescribedTenant> {
    return this.setStanding(id, change, (row) => standing(row, 'active'));
  }

  /** Served no longer from now on, and gone after a grace. @throws TenancyError */
  delete(id: string, change: TenantChange = {}): Promise<DescribedTenant> {
    return this.setStanding(id, change, (row) => {
      const { status: formerStatus } = standing(row, row.status);
      const removalAt = new Date(this.clock.now().getTime() + REMOVAL_GRACE_DAYS * DAY_MILLISECONDS);
      return { status: 'deleting', formerStatus, removalAt };
    });
  }

  /** As it was before it was deleted. @throws TenancyError (`not-deleted`, `being-deleted`) */
  restore(id: string, change: TenantChange = {}): Promise<DescribedTenant> {
    return this.setStanding(id, change, ({ removalAt, formerStatus }) => {
      if (removalAt === null) throw new TenancyError('not-deleted', 'The tenant is not being deleted.');
      if (removalAt <= this.clock.now()) throw new TenancyError('being-deleted', 'The tenant is being removed.');
      return { status: formerStatus ?? 'suspended', formerStatus: null, removalAt: null };
    });
  }

  /** Null takes a choice back. @throws TenantSettingsError naming every bad member, TenancyError (`unknown-tenant`) */
  updateSettings(id: string, patch: TenantSettingsMergePatch, change: TenantChange = {}): Promise<DescribedTenant> {
    return this.change(id, change, async (row, tx) => {
      const before = this.directory.describe(row);
      const chosen = patchSettings((await this.repository.lockSettings(id, tx)) ?? {}, patch);
      validateSettings(mergeSettings(DEFAULT_TENANT_SETTINGS, chosen), this.options.rootDomain);
      await this.repository.setSettings(id, chosen, this.clock.now(), tx);
      await this.initializers.settingsChanged(await this.describe(id, tx), before, tx);
    });
  }

  /** @throws TenancyError (`unknown-tenant`, `invalid-name`) */
  update(id: string, patch: TenantPatch, change: TenantChange = {}): Promise<DescribedTenant> {
    return this.change(id, change, async (row, tx) => {
      const name = checkedName(patch.name ?? row.name, 'name');
      const displayName = checkedName(patch.displayName ?? row.displayName, 'displayName');
      const sandbox = patch.sandbox ?? row.sandbox;
      await this.repository.update(id, { name, displayName, sandbox }, this.clock.now(), tx);
    });
  }

  /** The tenant as it is now; nobody else changes it before the transaction ends. @throws TenancyError */
  async hold(id: string, tx: Transaction): Promise<Tenant> {
    const chosen = await this.repository.lockSettings(id, tx);
    const row = chosen && (await this.repository.byId(id, tx));
    if (!row) throw unknown();
    return this.directory.toTenant(row);
  }

  /**
   * Settings in place of all that were chosen before, in the caller's transaction, at whose end `settingsChanged` is
   * called: what stands against them may still be changed in it. @throws as `updateSettings`, `rename`
   */
  configure(
    id: string,
    { displayName, settings }: { displayName: string; settings: TenantSettingsPatch },
    tx: Transaction,
    within?: TenantChange['within'],
  ): Promise<Tenant> {
    return this.change(id, { tx, within }, async (row) => {
      validateSettings(mergeSettings(DEFAULT_TENANT_SETTINGS, settings), this.options.rootDomain);
      await this.repository.setSettings(id, settings, this.clock.now(), tx);
      const named = { name: row.name, displayName: checkedName(displayName, 'displayName'), sandbox: row.sandbox };
      await this.repository.update(id, named, this.clock.now(), tx);
    });
  }

  /** @throws DomainError of whatever stands against the settings as they are by now */
  async settingsChanged(before: Tenant, tx: Transaction): Promise<void> {
    await this.initializers.settingsChanged(await this.describe(before.id, tx), before, tx);
  }

  private setStanding(
    id: string,
    change: TenantChange,
    decide: (row: DescribedRow) => Pick<DescribedRow, 'status' | 'formerStatus' | 'removalAt'>,
  ): Promise<DescribedTenant> {
    return this.change(id, change, async (row, tx) => {
      if (row.kind === 'system') throw new TenancyError('system-tenant', 'The system tenant is always there.');
      await this.repository.setStatus(id, decide(row), this.clock.now(), tx);
    });
  }

  private async insert(row: TenantRow, { within, tx: open }: TenantChange): Promise<Tenant | null> {
    const tenant = this.directory.toTenant(row);
    const initialize = await this.initializers.prepare(tenant);
    return this.transact(open, async (tx) => {
      if (!(await this.repository.insert(row, this.clock.now(), tx))) {
        // Somebody was quicker: what is remembered of the name may be that nobody has it.
        await this.directory.forget(row, tx);
        return null;
      }
      await initialize(tx);
      await within?.(await this.describe(tenant.id, tx), tx, null);
      await this.directory.forget(row, tx);
      return tenant;
    });
  }

  private change(
    id: string,
    { within, expect, tx: open }: TenantChange,
    write: (row: DescribedRow, tx: Transaction) => Promise<void>,
  ): Promise<DescribedTenant> {
    return this.transact(open, async (tx) => {
      await this.repository.lockSettings(id, tx);
      const row = await this.repository.describe(id, tx);
      if (!row) throw unknown();
      const before = this.directory.describe(row);
      expect?.(before);
      await write(row, tx);
      const tenant = await this.describe(id, tx);
      await within?.(tenant, tx, before);
      await this.directory.forget(row, tx, row.domain);
      return tenant;
    });
  }

  private transact<T>(tx: Transaction | undefined, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return tx ? work(tx) : this.database.transaction(work);
  }
}

function unknown(): TenancyError {
  return new TenancyError('unknown-tenant', 'There is no such tenant.');
}

function standing(row: DescribedRow, status: TenantStatus) {
  if (row.status !== 'deleting') return { status, formerStatus: null, removalAt: null };
  throw new TenancyError('being-deleted', 'The tenant is being deleted: restore it first.');
}
