import { Injectable } from '@nestjs/common';
import { type AuditEventName, AuditService } from '@tokenidp/audit';
import {
  CoherentCache,
  Database,
  Invalidations,
  isUniqueViolation,
  TenantRepository,
  type Transaction,
} from '@tokenidp/database';
import { Clock, newId, OutboundOptions } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type Change, changedBy } from '../change';
import { ClientsError } from '../clients-error';
import type { MetadataInput } from '../metadata/members';
import { registrationPolicy } from '../metadata/registration-policy';
import type { TrustedIssuer } from './trusted-issuer';
import { TrustedIssuerEntity } from './trusted-issuer.entity';
import { trustedIssuerMembers } from './trusted-issuer-input';

const TOPIC = 'trusted-issuer';
const MAX_ISSUERS = 5_000;
const MAX_ISSUER = 255;
/** Anybody may name anybody in an assertion. */
const NEGATIVE_TTL_SECONDS = 5;

/** The issuers whose assertions a tenant takes as authorization grants. */
@Injectable()
export class TrustedIssuersService {
  private readonly issuers: TenantRepository<TrustedIssuerEntity>;
  private readonly cache: CoherentCache<TrustedIssuer>;

  constructor(
    private readonly database: Database,
    private readonly invalidations: Invalidations,
    private readonly audit: AuditService,
    private readonly outbound: OutboundOptions,
    private readonly clock: Clock,
  ) {
    this.issuers = new TenantRepository(database, TrustedIssuerEntity);
    this.cache = new CoherentCache(invalidations, {
      topic: TOPIC,
      max: MAX_ISSUERS,
      negativeTtlSeconds: NEGATIVE_TTL_SECONDS,
      load: (key) => this.load(key),
    });
  }

  /** From memory once known. A disabled one is found too: whoever asks looks at it. */
  async find(tenantId: string, issuer: string): Promise<TrustedIssuer | null> {
    const isPossible = issuer.length <= MAX_ISSUER && /^[\x21-\x7e]+$/.test(issuer);
    return isPossible ? this.cache.get(`${tenantId} ${issuer}`) : null;
  }

  async list(tenantId: string): Promise<TrustedIssuer[]> {
    return (await this.issuers.find(tenantId, {}, { order: { issuer: 'ASC' } })).map(toTrustedIssuer);
  }

  /** @throws ClientMetadataError, ClientsError (`issuer-taken`) */
  async create(tenant: Tenant, input: MetadataInput, change: Change = {}): Promise<TrustedIssuer> {
    const policy = registrationPolicy(tenant, {
      origin: 'admin',
      outboundAllowedHosts: this.outbound.allowedHosts,
    });
    const { jwks = null, jwks_uri: jwksUri = null, ...members } = trustedIssuerMembers(tenant, input, policy);
    const now = this.clock.now();
    const id = newId();
    const { algorithms, scopes, audiences } = members;
    const lists = { algorithms: [...algorithms], scopes: [...scopes], audiences: [...audiences] };
    const row = {
      tenantId: tenant.id,
      id,
      ...members,
      ...lists,
      jwks,
      jwksUri,
      enabled: true,
      createdAt: now,
      updatedAt: now,
    };
    try {
      await this.within(change, async (tx) => {
        await this.issuers.insert(tenant.id, row, tx);
        await this.finish('trusted-issuer.created', row, { ...change, tx });
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new ClientsError('issuer-taken', 'The issuer is trusted already.');
      throw error;
    }
    return toTrustedIssuer(row);
  }

  /** @throws ClientsError (`unknown-issuer`) */
  disable(tenant: Tenant, id: string, change: Change = {}): Promise<TrustedIssuer> {
    return this.setEnabled(tenant, id, false, change);
  }

  /** @throws ClientsError (`unknown-issuer`) */
  enable(tenant: Tenant, id: string, change: Change = {}): Promise<TrustedIssuer> {
    return this.setEnabled(tenant, id, true, change);
  }

  private setEnabled(tenant: Tenant, id: string, enabled: boolean, change: Change): Promise<TrustedIssuer> {
    return this.within(change, async (tx) => {
      const changed = { enabled, updatedAt: this.clock.now() };
      await this.issuers.update(tenant.id, { id }, changed, tx);
      const row = await this.issuers.findOne(tenant.id, { id }, tx);
      if (!row) throw new ClientsError('unknown-issuer', 'There is no such trusted issuer.');
      await this.finish('trusted-issuer.changed', row, { ...change, tx });
      return toTrustedIssuer(row);
    });
  }

  private async finish(event: AuditEventName, row: TrustedIssuerEntity, change: Change & { tx: Transaction }) {
    const { tenantId, id, issuer, subject, scopes, audiences, enabled } = row;
    const detail = { issuer, subject, scopes, audiences, enabled };
    const target = { type: 'trusted_issuer', id };
    await this.audit.record(tenantId, { event, ...changedBy(change), target, detail }, change.tx);
    await this.invalidations.publish(TOPIC, `${tenantId} ${issuer}`, change.tx);
  }

  private within<T>({ tx }: Change, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return tx ? work(tx) : this.database.transaction(work);
  }

  private async load(key: string): Promise<TrustedIssuer | null> {
    const [tenantId, issuer] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
    const row = await this.issuers.findOne(tenantId, { issuer });
    return row && toTrustedIssuer(row);
  }
}

function toTrustedIssuer({ jwks, jwksUri, ...row }: TrustedIssuerEntity): TrustedIssuer {
  return { ...row, ...(jwks && { jwks }), ...(jwksUri !== null && { jwks_uri: jwksUri }) };
}
