import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { ClientHandOver } from '../client-rights';
import type {
  CreateTrustedIssuerDto,
  ListTrustedIssuersDto,
  PatchTrustedIssuerDto,
  TrustedIssuerDto,
  TrustedIssuerPageDto,
} from '../dto/trusted-issuer.dto';
import type { TrustedIssuer } from './trusted-issuer';
import type { TrustedIssuerEntity } from './trusted-issuer.entity';
import { TRUSTED_ISSUERS } from './trusted-issuers.list';
import { TrustedIssuersService } from './trusted-issuers.service';

/** Trusted issuers as the administration sees them. */
@Injectable()
export class TrustedIssuersAdmin {
  constructor(
    private readonly database: Database,
    private readonly issuers: TrustedIssuersService,
    private readonly handOver: ClientHandOver,
  ) {}

  list(tenant: Tenant, query: ListTrustedIssuersDto): Promise<TrustedIssuerPageDto> {
    const { limit, cursor, sort, search, enabled, subject } = query;
    const filters = { enabled, subject, search: search && containing(search) };
    const from = { list: TRUSTED_ISSUERS, database: this.database, tenantId: tenant.id };
    const viewOfRow = ({ jwks, jwksUri, ...row }: TrustedIssuerEntity): TrustedIssuerDto =>
      view({ ...row, ...(jwks && { jwks }), ...(jwksUri !== null && { jwks_uri: jwksUri }) });
    return readPage(from, { limit, cursor, sort, filters }, viewOfRow);
  }

  async get(tenant: Tenant, id: string): Promise<TrustedIssuerDto> {
    return view(await this.issuers.get(tenant.id, id));
  }

  /** Whoever has the keys of an issuer can be anybody, so far as its audiences go. @throws ProblemError (forbidden) */
  assertMay(call: AdminCall, tenant: Tenant, { audiences = [] }: PatchTrustedIssuerDto): void {
    this.handOver.assertNoAdministration(call, tenant, audiences);
  }

  async create(tenant: Tenant, input: CreateTrustedIssuerDto, change: AdminChange): Promise<TrustedIssuerDto> {
    return view(await this.issuers.create(tenant, { ...input }, change));
  }

  async update(tenant: Tenant, id: string, patch: PatchTrustedIssuerDto, call: AdminCall): Promise<TrustedIssuerDto> {
    const expect = call.expects(view);
    this.assertMay(call, tenant, patch);
    const held = (current: TrustedIssuer): void => {
      expect(current);
      // Other keys are somebody else's: what the issuer opens already is given to them.
      this.assertMay(call, tenant, { audiences: [...current.audiences] });
    };
    return view(await this.issuers.update(tenant, id, { ...patch }, { ...call.change(), expect: held }));
  }

  delete(tenant: Tenant, id: string, call: AdminCall): Promise<void> {
    return this.issuers.delete(tenant, id, { ...call.change(), expect: call.expects(view) });
  }

  async setEnabled(tenant: Tenant, id: string, enabled: boolean, call: AdminCall): Promise<TrustedIssuerDto> {
    const change = call.change();
    return view(await (enabled ? this.issuers.enable(tenant, id, change) : this.issuers.disable(tenant, id, change)));
  }
}

function view({
  tenantId: _tenantId,
  jwks,
  algorithms,
  scopes,
  audiences,
  ...issuer
}: TrustedIssuer): TrustedIssuerDto {
  return {
    ...issuer,
    ...(jwks && { jwks: { keys: [...jwks.keys] } }),
    algorithms: [...algorithms],
    scopes: [...scopes],
    audiences: [...audiences],
  };
}
