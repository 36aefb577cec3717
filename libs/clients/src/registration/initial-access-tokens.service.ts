/** @spec RFC 7591 §1.2 and §3 — leave to register, limited in uses and time; shown once, kept as a hash. */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock, hasTokenForm, newId, randomToken, sha256 } from '@tokenidp/kernel';
import { type RegistrationLimits, registrationLimitsProblem, type Tenant } from '@tokenidp/tenancy';
import { type Change, changedBy, type Edit } from '../change';
import { ClientsError } from '../clients-error';
import { InitialAccessTokenEntity } from './initial-access-token.entity';
import { RegistrationError } from './registration-error';
import { type FoundInitialAccessToken, RegistrationRepository } from './registration.repository';

export interface NewInitialAccessToken {
  name: string;
  /** 1 when absent. */
  uses?: number;
  expiresAt: Date;
  /** In place of what the tenant's settings say. */
  policy?: Partial<RegistrationLimits>;
}

/** Without its value, which nobody has any more. */
export type InitialAccessToken = Omit<InitialAccessTokenEntity, 'tenantId' | 'hash'>;

export interface IssuedInitialAccessToken {
  value: string;
  token: InitialAccessToken;
}

/** What a token is held to. */
export const INITIAL_ACCESS_TOKEN_LIMITS = { maxName: 100, maxUses: 100_000 } as const;

const { maxName: MAX_NAME, maxUses: MAX_USES } = INITIAL_ACCESS_TOKEN_LIMITS;
const MAX_LISTED = 200;

@Injectable()
export class InitialAccessTokens {
  private readonly tokens: TenantRepository<InitialAccessTokenEntity>;

  constructor(
    private readonly database: Database,
    private readonly repository: RegistrationRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    this.tokens = new TenantRepository(database, InitialAccessTokenEntity);
  }

  /** The token itself, for the only time. @throws ClientsError (`invalid-initial-access-token`) */
  async create(tenant: Tenant, input: NewInitialAccessToken, change: Change = {}): Promise<string> {
    return (await this.issue(tenant, input, change)).value;
  }

  /** As `create`, with what is kept of it. */
  async issue(tenant: Tenant, input: NewInitialAccessToken, change: Change = {}): Promise<IssuedInitialAccessToken> {
    const { name, uses = 1, expiresAt, policy = {} } = input;
    const createdAt = this.clock.now();
    assertFit({ name, uses, expiresAt, policy }, createdAt);
    const value = randomToken('tia');
    const row = { id: newId(), hash: sha256(value), name, usesLeft: uses, policy, createdAt, expiresAt };
    await this.within(change, async (tx) => {
      await this.tokens.insert(tenant.id, row, tx);
      await this.record(tenant, 'secret.created', row, change, tx);
    });
    return { value, token: withoutHash(row) };
  }

  /** Null when there is none, or none any more. */
  async get(tenant: Tenant, id: string): Promise<InitialAccessToken | null> {
    const row = await this.tokens.findOne(tenant.id, { id });
    return row && withoutHash(row);
  }

  async list(tenant: Tenant): Promise<InitialAccessToken[]> {
    const rows = await this.tokens.find(tenant.id, {}, { order: { id: 'ASC' }, take: MAX_LISTED });
    return rows.map(withoutHash);
  }

  /** False when there is none. */
  revoke(tenant: Tenant, id: string, change: Edit<InitialAccessToken> = {}): Promise<boolean> {
    return this.within(change, async (tx) => {
      const row = await this.tokens.findOne(tenant.id, { id }, tx);
      if (!row) return false;
      change.expect?.(withoutHash(row));
      await this.tokens.delete(tenant.id, { id }, tx);
      await this.record(tenant, 'secret.revoked', row, change, tx);
      return true;
    });
  }

  async find(tenant: Tenant, value: string): Promise<FoundInitialAccessToken | null> {
    if (!hasTokenForm('tia', value)) return null;
    return this.repository.findInitial(tenant.id, sha256(value), this.clock.now());
  }

  /** In the transaction of what it is spent for. @throws RegistrationError when others were faster */
  async spend(tenant: Tenant, id: string, tx: Transaction): Promise<void> {
    if (await this.repository.spendInitial(tenant.id, id, this.clock.now(), tx)) return;
    throw new RegistrationError('bad-token', 'the initial access token has been used');
  }

  private within<T>({ tx }: Change, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return tx ? work(tx) : this.database.transaction(work);
  }

  private record(
    tenant: Tenant,
    event: 'secret.created' | 'secret.revoked',
    { id, name }: Pick<InitialAccessTokenEntity, 'id' | 'name'>,
    ...[change, tx]: [Change, Transaction]
  ): Promise<void> {
    const target = { type: 'initial_access_token', id };
    return this.audit.record(tenant.id, { event, ...changedBy(change), target, detail: { name } }, tx);
  }
}

function assertFit(input: Required<NewInitialAccessToken>, now: Date): void {
  const problem = nameProblem(input) ?? endProblem(input, now) ?? registrationLimitsProblem(input.policy);
  if (problem) throw new ClientsError('invalid-initial-access-token', `An initial access token: ${problem}.`);
}

function nameProblem({ name }: NewInitialAccessToken): string | undefined {
  return name.trim() === '' || name.length > MAX_NAME ? `has a name of 1 to ${MAX_NAME} characters` : undefined;
}

function endProblem({ uses, expiresAt }: Required<NewInitialAccessToken>, now: Date): string | undefined {
  if (!Number.isInteger(uses) || uses < 1 || uses > MAX_USES) return `has 1 to ${MAX_USES} uses`;
  return expiresAt > now ? undefined : 'expires in the future';
}

function withoutHash(row: Omit<InitialAccessTokenEntity, 'tenantId'>): InitialAccessToken {
  const { id, name, usesLeft, policy, createdAt, expiresAt } = row;
  return { id, name, usesLeft, policy, createdAt, expiresAt };
}
