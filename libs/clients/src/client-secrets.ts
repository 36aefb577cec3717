/** @spec OAuth 2.1 §2.4.1, RFC 6819 §5.1.4.1.3 — secrets are random, shown once, kept as keyed hashes, and overlap when they are rotated. */
import { Injectable } from '@nestjs/common';
import { type AuditEvent, AuditService } from '@tokenidp/audit';
import { Database, sealedColumn, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock, Envelope, hasTokenForm, KeyedHash, newId, randomToken } from '@tokenidp/kernel';
import { type Change, changedBy } from './change';
import type { Client, ClientSecret } from './client';
import { ClientSecretEntity } from './client-secret.entity';
import { ClientsError } from './clients-error';
import { type ClientRow, ClientsRepository } from './clients.repository';
import { LastUsed } from './last-used';
import { usesSecret } from './metadata/auth-method';

const PURPOSE = 'client-secret';
const MAX_LIVE = 5;
const MAX_NAME = 100;
const PREFIX_LENGTH = 10;

export interface NewSecret {
  name: string;
  expiresAt?: Date;
  /** One that was drawn elsewhere, in the form of ours; drawn here when absent. */
  value?: string;
}

export interface AddedSecret {
  value: string;
  row: Omit<ClientSecretEntity, 'tenantId'>;
}

export const SEALED_SECRETS = sealedColumn({
  ...{ name: 'clients.client-secret', table: 'client_secret', column: 'sealed' },
  objectOf: ({ tenantId, id }) => sealedObject(tenantId, id),
});

@Injectable()
export class ClientSecrets {
  private readonly secrets: TenantRepository<ClientSecretEntity>;

  constructor(
    database: Database,
    private readonly repository: ClientsRepository,
    private readonly keyedHash: KeyedHash,
    private readonly envelope: Envelope,
    private readonly lastUsed: LastUsed,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    this.secrets = new TenantRepository(database, ClientSecretEntity);
  }

  /** The secret itself, for the only time. The caller holds the client's row. @throws ClientsError */
  async add(client: ClientRow, secret: NewSecret, change: Change, tx: Transaction): Promise<AddedSecret> {
    const { value, row } = await this.prepare(client, secret, tx);
    await this.secrets.insert(client.tenantId, row, tx);
    await this.audit.record(client.tenantId, this.event('secret.created', row, change), tx);
    return { value, row };
  }

  /** One of the client, whether it is live or not. @throws ClientsError (`unknown-secret`) */
  async get({ tenantId, id: clientId }: ClientRow, id: string, tx: Transaction): Promise<ClientSecretEntity> {
    const secret = await this.secrets.findOne(tenantId, { id, clientId }, tx);
    if (!secret) throw new ClientsError('unknown-secret', 'The client has no such secret.');
    return secret;
  }

  async revoke(client: ClientRow, secretId: string, change: Change, tx: Transaction): Promise<void> {
    const secret = await this.get(client, secretId, tx);
    if (secret.revokedAt) throw new ClientsError('secret-revoked', 'The secret is revoked already.');
    await this.secrets.update(client.tenantId, { id: secretId }, { revokedAt: this.clock.now() }, tx);
    await this.audit.record(client.tenantId, this.event('secret.revoked', secret, change), tx);
  }

  /** Looks at every live secret whether or not one has matched, so that time tells nothing (S-187). */
  verify(client: Client, value: string): boolean {
    if (!hasTokenForm('tcs', value)) return false;
    let matched: ClientSecret | undefined;
    for (const secret of this.live(client)) {
      if (this.keyedHash.verify(PURPOSE, value, secret.hash)) matched = secret;
    }
    if (matched) this.lastUsed.touch('client_secret', { tenantId: client.tenantId, id: matched.id });
    return matched !== undefined;
  }

  /** Whether it is the one of this hash. */
  is(value: string, hash: string): boolean {
    return this.keyedHash.verify(PURPOSE, value, hash);
  }

  /** The live secrets in clear, of a client that proves them by HMAC. */
  forAssertions(client: Client): string[] {
    return this.live(client).flatMap(({ id, sealed }) =>
      sealed ? [this.envelope.open(sealedObject(client.tenantId, id), sealed).toString()] : [],
    );
  }

  private live(client: Client): ClientSecret[] {
    const now = this.clock.now();
    return client.secrets.filter(({ expiresAt }) => !expiresAt || expiresAt > now);
  }

  private async prepare(client: ClientRow, secret: NewSecret, tx: Transaction) {
    const { name, expiresAt } = secret;
    const method = client.metadata.token_endpoint_auth_method;
    if (!usesSecret(method)) throw new ClientsError('no-secret', `A client that uses ${method} has no secret.`);
    const createdAt = this.clock.now();
    assertNameAndExpiry(name, expiresAt, createdAt);
    const live = await this.repository.liveSecrets(client.tenantId, client.id, tx);
    if (live.filter((each) => !each.expiresAt || each.expiresAt > createdAt).length >= MAX_LIVE) {
      throw new ClientsError('too-many-secrets', `A client has at most ${MAX_LIVE} live secrets.`);
    }
    const id = newId();
    const value = givenValue(secret) ?? randomToken('tcs');
    const sealed =
      method === 'client_secret_jwt' ? this.envelope.seal(sealedObject(client.tenantId, id), Buffer.from(value)) : null;
    const hash = this.keyedHash.hash(PURPOSE, value);
    const prefix = value.slice(0, PREFIX_LENGTH);
    const dates = { createdAt, expiresAt: expiresAt ?? null, lastUsedAt: null, revokedAt: null };
    return { value, row: { id, clientId: client.id, name, prefix, hash, sealed, ...dates } };
  }

  private event(event: 'secret.created' | 'secret.revoked', secret: SecretName, change: Change): AuditEvent {
    const target = { type: 'client_secret', id: secret.id };
    const detail = { name: secret.name, prefix: secret.prefix };
    return { event, ...changedBy(change), target, clientId: secret.clientId, detail };
  }
}

type SecretName = Pick<ClientSecretEntity, 'id' | 'clientId' | 'name' | 'prefix'>;

/** S-172: nothing that a person thinks up, for only a drawn one is safe under a keyed hash. @throws ClientsError */
function givenValue({ value }: NewSecret): string | undefined {
  if (value === undefined || hasTokenForm('tcs', value)) return value;
  throw new ClientsError(
    'invalid-secret',
    'A secret is drawn by `tokenidp config secret` or by the server: no other is taken.',
  );
}

function assertNameAndExpiry(name: string, expiresAt: Date | undefined, now: Date): void {
  if (name.trim() === '' || name.length > MAX_NAME) {
    throw new ClientsError('invalid-secret', `A secret has a name of 1 to ${MAX_NAME} characters.`);
  }
  if (expiresAt && !(expiresAt > now)) throw new ClientsError('invalid-secret', 'A secret expires in the future.');
}

function sealedObject(tenantId: string, id: string): readonly string[] {
  return [tenantId, 'client_secret', id];
}
