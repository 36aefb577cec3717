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

/** What the owner of a domain has to publish to prove it. */
export interface DomainClaim {
  id: string;
  domain: string;
  verified: boolean;
  recordName: string;
  recordValue: string;
  createdAt: Date;
  verifiedAt: Date | null;
}

/** What a caller adds to a change of a domain, in its transaction. */
export type WithinDomainChange = (claim: DomainClaim, tx: Transaction) => Promise<void>;

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const MAX_CLAIMS = 50;
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

  /** @throws TenancyError (`unknown-domain`) */
  async get(tenantId: string, id: string, tx?: Transaction): Promise<DomainClaim> {
    const row = await this.domains.findOne(tenantId, { id }, tx);
    if (!row) throw unknown();
    return toClaim(row);
  }

  /**
   * The same claim again when it was made before.
   * @throws TenancyError (`invalid-domain`, `too-many-domains`, `unknown-tenant`, `system-tenant`)
   */
  async claim(
    tenantId: string,
    domain: string,
    { within, tx }: { within?: WithinDomainChange; tx?: Transaction } = {},
  ): Promise<DomainClaim> {
    this.assertClaimable(domain);
    await this.tenantRow(tenantId, tx);
    const claims = await this.domains.find(tenantId, {}, {}, tx);
    const known = claims.find((each) => each.domain === domain);
    if (known) return toClaim(known);
    if (claims.length >= MAX_CLAIMS) throw new TenancyError('too-many-domains', `A tenant has ${MAX_CLAIMS} domains.`);
    const token = randomBytes(24).toString('base64url');
    const row = { id: newId(), domain, token, verified: false, createdAt: this.clock.now(), verifiedAt: null };
    const claim = toClaim({ ...row, tenantId });
    const write = async (open: Transaction): Promise<void> => {
      await this.domains.insert(tenantId, row, open);
      await within?.(claim, open);
    };
    await (tx ? write(tx) : this.database.transaction(write));
    return claim;
  }

  /** Looks at the domain's record; the tenant then answers at the domain and nowhere else. @throws TenancyError */
  async verify(tenantId: string, domain: string, within?: WithinDomainChange): Promise<Tenant> {
    const claim = await this.domains.findOne(tenantId, { domain });
    if (!claim) throw unknown();
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
  async vouch(tenantId: string, domain: string, within?: WithinDomainChange): Promise<Tenant> {
    await this.claim(tenantId, domain);
    return this.settle(tenantId, domain, within);
  }

  private async settle(tenantId: string, domain: string, within: WithinDomainChange | undefined): Promise<Tenant> {
    try {
      return await this.changeIssuer(tenantId, domain, async (tx) => {
        await this.repository.verifyDomain(tenantId, domain, this.clock.now(), tx);
        const claim = await this.domains.findOne(tenantId, { domain }, tx);
        if (!claim) throw unknown();
        await within?.(toClaim(claim), tx);
      });
    } catch (error) {
      if (isUniqueViolation(error))
        throw new TenancyError('domain-taken', 'Another domain or tenant stands in the way.');
      throw error;
    }
  }

  /** Gives a claim up; a tenant that lived at the domain is back where the deployment's mode puts it. */
  remove(
    tenantId: string,
    domain: string,
    { within, expect }: { within?: WithinDomainChange; expect?: (current: DomainClaim) => void } = {},
  ): Promise<Tenant> {
    return this.changeIssuer(tenantId, domain, async (tx) => {
      await this.repository.lockSettings(tenantId, tx);
      const claim = await this.domains.findOne(tenantId, { domain }, tx);
      if (!claim) throw unknown();
      expect?.(toClaim(claim));
      await this.domains.delete(tenantId, { domain }, tx);
      await within?.(toClaim(claim), tx);
    });
  }

  private changeIssuer(tenantId: string, domain: string, write: (tx: Transaction) => Promise<void>): Promise<Tenant> {
    return this.database.transaction(async (tx) => {
      await write(tx);
      const row = await this.tenantRow(tenantId, tx);
      const tenant = this.directory.toTenant(row);
      await this.initializers.issuerChanged(tenant, tx);
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

function unknown(): TenancyError {
  return new TenancyError('unknown-domain', 'The domain has not been claimed.');
}

function toClaim({ id, domain, verified, token, createdAt, verifiedAt }: TenantDomainEntity): DomainClaim {
  return { id, domain, verified, recordName: `${RECORD_LABEL}.${domain}`, recordValue: token, createdAt, verifiedAt };
}
