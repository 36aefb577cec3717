import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, AdminTrail, type AdminTrailEvent } from '@tokenidp/admin-api';
import type { DomainDto, DomainsDto, VerifiedDomainDto } from '../dto/domain.dto';
import { TenancyError } from '../tenancy-error';
import type { Tenant } from '../tenant';
import { type DomainClaim, TenantDomainsService, type WithinDomainChange } from '../tenant-domains.service';

/** Domains of a tenant's own as its administrators see them. */
@Injectable()
export class DomainsAdmin {
  constructor(
    private readonly domains: TenantDomainsService,
    private readonly trail: AdminTrail,
  ) {}

  async list({ id }: Tenant): Promise<DomainsDto> {
    return { items: (await this.domains.list(id)).map(view), nextCursor: null };
  }

  async get({ id: tenantId }: Tenant, id: string): Promise<DomainDto> {
    return view(await this.domains.get(tenantId, id));
  }

  async claim({ id }: Tenant, domain: string, change: AdminChange): Promise<DomainDto> {
    const within = this.record(id, 'setting.created', change);
    return view(await this.domains.claim(id, domain, { within, tx: change.tx }));
  }

  async verify({ id: tenantId }: Tenant, id: string, call: AdminCall): Promise<VerifiedDomainDto> {
    const { domain } = await this.domains.get(tenantId, id);
    const moved = await this.domains.verify(tenantId, domain, this.record(tenantId, 'setting.changed', call.change()));
    return this.verified(moved, id);
  }

  /** For operators: their word stands for the record. */
  async vouch({ id: tenantId }: Tenant, id: string, call: AdminCall): Promise<VerifiedDomainDto> {
    const change = call.change();
    if (change.actor.type !== 'operator') {
      throw new TenancyError('operators-only', 'Only an operator of the deployment can vouch for a domain.');
    }
    const { domain } = await this.domains.get(tenantId, id);
    const moved = await this.domains.vouch(tenantId, domain, this.record(tenantId, 'setting.changed', change));
    return this.verified(moved, id);
  }

  async delete({ id: tenantId }: Tenant, id: string, call: AdminCall): Promise<void> {
    const expect = call.expects(view);
    const { domain } = await this.domains.get(tenantId, id);
    const within = this.record(tenantId, 'setting.deleted', call.change());
    await this.domains.remove(tenantId, domain, { within, expect });
  }

  private async verified({ id: tenantId, issuer }: Tenant, id: string): Promise<VerifiedDomainDto> {
    return { ...view(await this.domains.get(tenantId, id)), issuer };
  }

  private record(tenantId: string, event: AdminTrailEvent, { actor, request }: AdminChange): WithinDomainChange {
    return ({ id, domain, verified }, tx) => {
      const target = { type: 'tenant_domain', id };
      return this.trail.record(tenantId, { event, actor, request, target, detail: { domain, verified } }, tx);
    };
  }
}

function view({ recordName, recordValue, ...claim }: DomainClaim): DomainDto {
  return { ...claim, record: { type: 'TXT', name: recordName, value: recordValue } };
}
