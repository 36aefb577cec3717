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
import { type Change, changedBy, type Edit } from '../change';
import { changedMembers } from '../changed-members';
import { ClientsError } from '../clients-error';
import type { MetadataInput } from '../metadata/members';
import { registrationPolicy } from '../metadata/registration-policy';
import type { TrustedIssuer } from './trusted-issuer';
import { TrustedIssuerEntity } from './trusted-issuer.entity';
import { type TrustedIssuerMembers, trustedIssuerMembers } from './trusted-issuer-input';

const TOPIC = 'trusted-issuer';
const MAX_ISSUERS = 5_000;
const MAX_ISSUER = 255;
/** Anybody may name anybody in an assertion. */
const NEGATIVE_TTL_SECONDS = 5;

type IssuerEdit = Edit<TrustedIssuer>;

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

  async list(tenantId: string, tx?: Transaction): Promise<TrustedIssuer[]> {
    return (await this.issuers.find(tenantId, {}, { order: { issuer: 'ASC' } }, tx)).map(toTrustedIssuer);
  }

  /** @throws ClientsError (`unknown-issuer`) */
  async get(tenantId: string, id: string, tx?: Transaction): Promise<TrustedIssuer> {
    const row = await this.issuers.findOne(tenantId, { id }, tx);
    if (!row) throw unknown();
    return toTrustedIssuer(row);
  }

  /** What an input would be stored as. @throws ClientMetadataError */
  validate(tenant: Tenant, input: MetadataInput): TrustedIssuerMembers {
    const source = { origin: 'admin', outboundAllowedHosts: this.outbound.allowedHosts } as const;
    return trustedIssuerMembers(tenant, input, registrationPolicy(tenant, source));
  }

  /** @throws ClientMetadataError, ClientsError (`issuer-taken`) */
  async create(tenant: Tenant, input: MetadataInput, change: Change = {}): Promise<TrustedIssuer> {
    const now = this.clock.now();
    const columns = this.columns(tenant, input);
    const row = { tenantId: tenant.id, id: newId(), ...columns, enabled: true, createdAt: now, updatedAt: now };
    try {
      await this.within(change, async (tx) => {
        await this.issuers.insert(tenant.id, row, tx);
        await this.finish('trusted-issuer.created', row, { ...change, tx }, {});
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new ClientsError('issuer-taken', 'The issuer is trusted already.');
      throw error;
    }
    return toTrustedIssuer(row);
  }

  /** Lays the members over the ones there are; null takes one away. @throws ClientMetadataError, ClientsError */
  update(tenant: Tenant, id: string, patch: MetadataInput, change: IssuerEdit = {}): Promise<TrustedIssuer> {
    return this.changed(tenant, id, change, (current) => this.columns(tenant, { ...current, ...patch }));
  }

  /** Its assertions count for nothing any more; tokens that are out stay. @throws ClientsError (`unknown-issuer`) */
  delete(tenant: Tenant, id: string, change: IssuerEdit = {}): Promise<void> {
    return this.within(change, async (tx) => {
      const row = await this.hold(tenant, id, change, tx);
      await this.issuers.delete(tenant.id, { id }, tx);
      await this.finish('trusted-issuer.deleted', row, { ...change, tx }, {});
    });
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
    return this.changed(tenant, id, change, () => ({ enabled }));
  }

  private changed(
    tenant: Tenant,
    id: string,
    change: IssuerEdit,
    columnsOf: (current: TrustedIssuer) => Partial<TrustedIssuerEntity>,
  ): Promise<TrustedIssuer> {
    return this.within(change, async (tx) => {
      const before = await this.hold(tenant, id, change, tx);
      const columns = { ...columnsOf(toTrustedIssuer(before)), updatedAt: this.clock.now() };
      await this.issuers.update(tenant.id, { id }, columns, tx);
      const after = { ...before, ...columns };
      const { before: was, after: is } = changedMembers(described(before), described(after));
      await this.finish('trusted-issuer.changed', after, { ...change, tx }, { before: was, after: is });
      return toTrustedIssuer(after);
    });
  }

  /** An update of nothing holds the row, on either engine. */
  private async hold(
    tenant: Tenant,
    id: string,
    { expect }: IssuerEdit,
    tx: Transaction,
  ): Promise<TrustedIssuerEntity> {
    const seen = await this.issuers.findOne(tenant.id, { id }, tx);
    if (!seen) throw unknown();
    await this.issuers.update(tenant.id, { id }, { issuer: seen.issuer }, tx);
    const row = await this.issuers.findOne(tenant.id, { id }, tx);
    if (!row) throw unknown();
    expect?.(toTrustedIssuer(row));
    return row;
  }

  private columns(tenant: Tenant, input: MetadataInput) {
    const {
      jwks = null,
      jwks_uri: jwksUri = null,
      algorithms,
      scopes,
      audiences,
      ...rest
    } = this.validate(tenant, input);
    const lists = { algorithms: [...algorithms], scopes: [...scopes], audiences: [...audiences] };
    return { ...rest, ...lists, jwks, jwksUri };
  }

  private async finish(
    event: AuditEventName,
    row: TrustedIssuerEntity,
    change: Change & { tx: Transaction },
    changed: Record<string, unknown>,
  ) {
    const { tenantId, id, issuer, subject, scopes, audiences, enabled } = row;
    const detail = { issuer, subject, scopes, audiences, enabled, ...changed };
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

/** All that can be changed. */
function described(row: TrustedIssuerEntity): Record<string, unknown> {
  const { tenantId: _tenantId, id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...members } = row;
  return members;
}

function unknown(): ClientsError {
  return new ClientsError('unknown-issuer', 'There is no such trusted issuer.');
}
