import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, newId } from '@tokenidp/kernel';
import { TenancyError } from './tenancy-error';
import { TenancyOptions } from './tenancy-options';
import type { Tenant, TenantStatus } from './tenant';
import { TenantDirectory } from './tenant-directory';
import { TenantInitializers } from './tenant-initializers';
import { DEFAULT_TENANT_SETTINGS, mergeSettings, type TenantSettingsPatch } from './tenant-settings';
import { slugProblem, SYSTEM_SLUG } from './tenant-slug';
import { type TenantRow, TenantsRepository } from './tenants.repository';
import { validateSettings } from './validate-settings';

export interface NewTenant {
  slug: string;
  name: string;
  /** What people see; the name when absent. */
  displayName?: string;
  sandbox?: boolean;
  settings?: TenantSettingsPatch;
}

/** What a caller adds to a change, in its transaction: the audit event above all, since this lib is below audit. */
export type WithinChange = (tenant: Tenant, tx: Transaction) => Promise<void>;

const MAX_NAME = 200;

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
  async create(input: NewTenant, within?: WithinChange): Promise<Tenant> {
    const problem = slugProblem(input.slug);
    if (problem) throw new TenancyError('invalid-slug', `The slug ${problem}.`);
    const created = await this.insert(newRow(input, 'standard', this.options.rootDomain), within);
    if (!created) throw new TenancyError('slug-taken', 'The slug is taken.');
    return created;
  }

  /** The system tenant, made if there is none; safe on several instances that start on one empty database. */
  async createSystemTenant(within?: WithinChange): Promise<Tenant> {
    const known = await this.repository.system();
    if (known) return this.directory.toTenant(known);
    const created = await this.insert(newRow({ slug: SYSTEM_SLUG, name: 'System' }, 'system'), within);
    return created ?? this.directory.toTenant((await this.repository.system())!);
  }

  suspend(id: string, within?: WithinChange): Promise<Tenant> {
    return this.setStatus(id, 'suspended', within);
  }

  resume(id: string, within?: WithinChange): Promise<Tenant> {
    return this.setStatus(id, 'active', within);
  }

  /** @throws TenantSettingsError naming every bad member, TenancyError (`unknown-tenant`) */
  updateSettings(id: string, patch: TenantSettingsPatch, within?: WithinChange): Promise<Tenant> {
    return this.change(id, within, async (_row, tx) => {
      const chosen = mergeSettings((await this.repository.lockSettings(id, tx)) ?? {}, patch);
      validateSettings(mergeSettings(DEFAULT_TENANT_SETTINGS, chosen), this.options.rootDomain);
      await this.repository.setSettings(id, chosen, this.clock.now(), tx);
    });
  }

  rename(id: string, names: { name?: string; displayName?: string }, within?: WithinChange): Promise<Tenant> {
    return this.change(id, within, async (row, tx) => {
      const name = checkedName(names.name ?? row.name);
      const displayName = checkedName(names.displayName ?? row.displayName);
      await this.repository.rename(id, { name, displayName }, this.clock.now(), tx);
    });
  }

  /** The tenant as it is now; nobody else changes it before the transaction ends. @throws TenancyError */
  async hold(id: string, tx: Transaction): Promise<Tenant> {
    const chosen = await this.repository.lockSettings(id, tx);
    const row = chosen && (await this.repository.byId(id, tx));
    if (!row) throw new TenancyError('unknown-tenant', 'There is no such tenant.');
    return this.directory.toTenant(row);
  }

  /** Settings in place of all that were chosen before, in the caller's transaction. @throws as `updateSettings`, `rename` */
  configure(
    id: string,
    { displayName, settings }: { displayName: string; settings: TenantSettingsPatch },
    tx: Transaction,
    within?: WithinChange,
  ): Promise<Tenant> {
    const write = async (row: TenantRow): Promise<void> => {
      validateSettings(mergeSettings(DEFAULT_TENANT_SETTINGS, settings), this.options.rootDomain);
      await this.repository.setSettings(id, settings, this.clock.now(), tx);
      await this.repository.rename(id, { name: row.name, displayName: checkedName(displayName) }, this.clock.now(), tx);
    };
    return this.changeWithin(tx, id, within, write);
  }

  private setStatus(id: string, status: TenantStatus, within: WithinChange | undefined): Promise<Tenant> {
    return this.change(id, within, async (row, tx) => {
      if (row.kind === 'system') throw new TenancyError('system-tenant', 'The system tenant cannot be suspended.');
      if (row.status === 'deleting') throw new TenancyError('unknown-tenant', 'The tenant is being deleted.');
      await this.repository.setStatus(id, status, this.clock.now(), tx);
    });
  }

  private async insert(row: TenantRow, within: WithinChange | undefined): Promise<Tenant | null> {
    const tenant = this.directory.toTenant(row);
    const initialize = await this.initializers.prepare(tenant);
    return this.database.transaction(async (tx) => {
      if (!(await this.repository.insert(row, this.clock.now(), tx))) {
        // Somebody was quicker: what is remembered of the name may be that nobody has it.
        await this.directory.forget(row, tx);
        return null;
      }
      await initialize(tx);
      await within?.(tenant, tx);
      await this.directory.forget(row, tx);
      return tenant;
    });
  }

  private change(
    id: string,
    within: WithinChange | undefined,
    write: (row: TenantRow, tx: Transaction) => Promise<void>,
  ): Promise<Tenant> {
    return this.database.transaction((tx) => this.changeWithin(tx, id, within, write));
  }

  private async changeWithin(
    tx: Transaction,
    id: string,
    within: WithinChange | undefined,
    write: (row: TenantRow, tx: Transaction) => Promise<void>,
  ): Promise<Tenant> {
    const before = await this.repository.byId(id, tx);
    if (!before) throw new TenancyError('unknown-tenant', 'There is no such tenant.');
    await write(before, tx);
    const tenant = this.directory.toTenant((await this.repository.byId(id, tx))!);
    await within?.(tenant, tx);
    await this.directory.forget(before, tx, before.domain);
    return tenant;
  }
}

function newRow(input: NewTenant, kind: TenantRow['kind'], rootDomain?: string): TenantRow {
  const settings = input.settings ?? {};
  validateSettings(mergeSettings(DEFAULT_TENANT_SETTINGS, settings), rootDomain);
  return {
    id: newId(),
    slug: input.slug,
    name: checkedName(input.name),
    displayName: checkedName(input.displayName ?? input.name),
    status: 'active',
    kind,
    sandbox: input.sandbox ?? false,
    settings,
    domain: null,
  };
}

function checkedName(name: string): string {
  const isFit = name.length <= MAX_NAME && name.trim() !== '' && !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(name);
  if (!isFit) throw new TenancyError('invalid-name', `A name is 1 to ${MAX_NAME} visible characters.`);
  return name.normalize('NFC');
}
