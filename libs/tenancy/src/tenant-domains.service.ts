import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock, newId } from '@tokenidp/kernel';
import { randomBytes } from 'node:crypto';
import { DomainRecords } from './domain-records';
import { TenancyError } from './tenancy-error';
import { TenancyOptions } from './tenancy-options';
import type { Tenant } from './tenant';
import { TenantDirectory } from './tenant-directory';
import { TenantDomainEntity } from './tenant-domain.entity';
import { TenantInitializers } from './tenant-initializers';
import { type TenantRow, TenantsRepository } from './tenants.repository';
import type { WithinChange } from './tenants.service';

/** What the owner of a domain has to publish to prove it. */
export interface DomainClaim {
  domain: string;
  verified: boolean;
  recordName: string;
  recordValue: string;
}

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const RECORD_LABEL = '_tokenidp-challenge';

/** A domain of the tenant's own: claimed, proven by a TXT record, and from then on the tenant's issuer. */
@Injectable()
export class TenantDomainsService {
  private readonly domains: TenantRepository<TenantDomainEntity>;

  constructor(
    private readonly database: Database,
    private readonly repository: TenantsRepository,
    private readonly directory: TenantDirectory,
    private readonly initializers: TenantInitializers,
    private readonly options: TenancyOptions,
    private readonly records: DomainRecords,
    private readonly clock: Clock,
  ) {
    this.domains = new TenantRepository(database, TenantDomainEntity);
  }

  async list(tenantId: string): Promise<DomainClaim[]> {
    return (await this.domains.find(tenantId, {}, { order: { domain: 'ASC' } })).map(toClaim);
  }

  /** The same claim again when it was made before. @throws TenancyError (`invalid-domain`, `unknown-tenant`, `system-tenant`) */
  async claim(tenantId: string, domain: string): Promise<DomainClaim> {
    this.assertClaimable(domain);
    await this.tenantRow(tenantId);
    const known = await this.domains.findOne(tenantId, { domain });
    if (known) return toClaim(known);
    const token = randomBytes(24).toString('base64url');
    const row = { id: newId(), domain, token, verified: false, createdAt: this.clock.now(), verifiedAt: null };
    await this.domains.insert(tenantId, row);
    return toClaim({ ...row, tenantId });
  }

  /** Looks at the domain's record; the tenant then answers at the domain and nowhere else. @throws TenancyError */
  async verify(tenantId: string, domain: string, within?: WithinChange): Promise<Tenant> {
    const claim = await this.domains.findOne(tenantId, { domain });
    if (!claim) throw new TenancyError('unknown-domain', 'The domain has not been claimed.');
    const { recordName, recordValue } = toClaim(claim);
    if (!(await this.records.read(recordName)).includes(recordValue)) {
      throw new TenancyError('domain-not-proven', `${recordName} has no TXT record ${recordValue}.`);
    }
    return this.settle(tenantId, domain, within);
  }

  /**
   * For the operator of the deployment, who knows without a record that the domain leads here: claimed and verified at
   * once. @throws TenancyError
   */
  async vouch(tenantId: string, domain: string, within?: WithinChange): Promise<Tenant> {
    await this.claim(tenantId, domain);
    return this.settle(tenantId, domain, within);
  }

  private async settle(tenantId: string, domain: string, within: WithinChange | undefined): Promise<Tenant> {
    try {
      return await this.changeIssuer(tenantId, domain, within, async (tx) => {
        await this.repository.verifyDomain(tenantId, domain, this.clock.now(), tx);
      });
    } catch (error) {
      if (isUniqueViolation(error))
        throw new TenancyError('domain-taken', 'Another domain or tenant stands in the way.');
      throw error;
    }
  }

  /** Gives a claim up; a tenant that lived at the domain is back where the deployment's mode puts it. */
  remove(tenantId: string, domain: string, within?: WithinChange): Promise<Tenant> {
    return this.changeIssuer(tenantId, domain, within, async (tx) => {
      const gone = await this.domains.delete(tenantId, { domain }, tx);
      if (gone === 0) throw new TenancyError('unknown-domain', 'The domain has not been claimed.');
    });
  }

  private changeIssuer(
    tenantId: string,
    domain: string,
    within: WithinChange | undefined,
    write: (tx: Transaction) => Promise<void>,
  ): Promise<Tenant> {
    return this.database.transaction(async (tx) => {
      await write(tx);
      const row = await this.tenantRow(tenantId, tx);
      const tenant = this.directory.toTenant(row);
      await this.initializers.issuerChanged(tenant, tx);
      await within?.(tenant, tx);
      await this.directory.forget(row, tx, domain);
      return tenant;
    });
  }

  private async tenantRow(tenantId: string, tx?: Transaction): Promise<TenantRow> {
    const row = await this.repository.byId(tenantId, tx);
    if (!row) throw new TenancyError('unknown-tenant', 'There is no such tenant.');
    if (row.kind === 'system') throw new TenancyError('system-tenant', 'The system tenant lives at PUBLIC_URL.');
    return row;
  }

  private assertClaimable(domain: string): void {
    const ours = [this.options.publicUrl.hostname, ...(this.options.rootDomain ? [this.options.rootDomain] : [])];
    const isOurs = ours.some((own) => domain === own || domain.endsWith(`.${own}`));
    if (!DOMAIN.test(domain) || isOurs) {
      throw new TenancyError('invalid-domain', 'A domain is a lower-case DNS name outside of this deployment.');
    }
  }
}

function toClaim({ domain, verified, token }: TenantDomainEntity): DomainClaim {
  return { domain, verified, recordName: `${RECORD_LABEL}.${domain}`, recordValue: token };
}
