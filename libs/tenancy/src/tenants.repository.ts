import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@tokenidp/database';
import type { TenantKind, TenantStatus } from './tenant';
import type { TenantSettingsPatch } from './tenant-settings';
import * as statements from './tenant-statements';

/** A tenant as it is stored, with the domain it has proven, if any. */
export interface TenantRow {
  id: string;
  slug: string;
  name: string;
  displayName: string;
  status: TenantStatus;
  kind: TenantKind;
  sandbox: boolean;
  settings: TenantSettingsPatch;
  domain: string | null;
}

/** With what only its administration shows. */
export interface DescribedRow extends TenantRow {
  createdAt: Date;
  updatedAt: Date;
  /** when its rows go; null for a tenant that is not being deleted */
  removalAt: Date | null;
  /** what a tenant that is being deleted was before */
  formerStatus: TenantStatus | null;
}

const verified = true;

@Injectable()
export class TenantsRepository {
  constructor(private readonly database: Database) {}

  bySlug(slug: string): Promise<TenantRow | null> {
    return first(this.database.rows<TenantRow>(statements.findTenantBySlug, { slug, verified }));
  }

  byId(id: string, tx?: Transaction): Promise<TenantRow | null> {
    return first(this.database.rows<TenantRow>(statements.findTenantById, { id, verified }, tx));
  }

  describe(id: string, tx?: Transaction): Promise<DescribedRow | null> {
    return first(this.database.rows<DescribedRow>(statements.describeTenant, { id, verified }, tx));
  }

  byDomain(domain: string): Promise<TenantRow | null> {
    return first(this.database.rows<TenantRow>(statements.findTenantByDomain, { domain, verified }));
  }

  system(): Promise<TenantRow | null> {
    return first(this.database.rows<TenantRow>(statements.findSystemTenant, { verified }));
  }

  list(after: string, take: number): Promise<TenantRow[]> {
    return this.database.rows<TenantRow>(statements.listTenants, { after, take, verified });
  }

  /** False when the slug is taken, or when it would be a second system tenant. */
  async insert(row: Omit<TenantRow, 'domain'>, now: Date, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(statements.insertTenant, { ...row, now }, tx)) === 1;
  }

  async setStatus(
    id: string,
    standing: Pick<DescribedRow, 'status' | 'formerStatus' | 'removalAt'>,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const { status, formerStatus, removalAt } = standing;
    await this.database.execute(statements.updateTenantStatus, { id, status, formerStatus, removalAt, now }, tx);
  }

  /** What the tenant has chosen; nobody else can change it before the transaction ends. */
  async lockSettings(id: string, tx: Transaction): Promise<TenantSettingsPatch | null> {
    const row = await first(
      this.database.rows<{ settings: TenantSettingsPatch }>(statements.lockTenantSettings, { id }, tx),
    );
    return row?.settings ?? null;
  }

  async setSettings(id: string, settings: TenantSettingsPatch, now: Date, tx: Transaction): Promise<void> {
    await this.database.execute(statements.updateTenantSettings, { id, settings, now }, tx);
  }

  async update(
    id: string,
    { name, displayName, sandbox }: Pick<TenantRow, 'name' | 'displayName' | 'sandbox'>,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    await this.database.execute(statements.updateTenant, { id, name, displayName, sandbox, now }, tx);
  }

  /** False when there is no such claim. @throws a unique violation when another tenant has proven the domain */
  async verifyDomain(tenantId: string, domain: string, now: Date, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(statements.verifyTenantDomain, { tenantId, domain, verified, now }, tx)) === 1;
  }
}

async function first<Row>(rows: Promise<Row[]>): Promise<Row | null> {
  return (await rows)[0] ?? null;
}
