/** @spec RFC 7591 §3, RFC 7592 §2 — a client registers itself, and with the token it got then looks after itself. */
import { Injectable } from '@nestjs/common';
import { Database, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock, hasTokenForm, newId, randomToken, type RequestContext, sha256 } from '@tokenidp/kernel';
import type { RegistrationLimits, Tenant } from '@tokenidp/tenancy';
import type { Change } from '../change';
import type { Client } from '../client';
import { ClientObservers } from '../client-observers';
import { ClientsService, type CreatedClient } from '../clients.service';
import { usesSecret } from '../metadata/auth-method';
import { invalid } from '../metadata/client-metadata-error';
import { member, type MetadataInput } from '../metadata/members';
import { InitialAccessTokens } from './initial-access-tokens.service';
import { RegisteredScopes } from './registered-scopes';
import { RegistrationAccessTokenEntity } from './registration-access-token.entity';
import { RegistrationError } from './registration-error';
import { registrationGrant } from './registration-grant';
import { RegistrationLimit } from './registration-limit';
import type { FoundInitialAccessToken } from './registration.repository';
import { RegistrationRepository } from './registration.repository';
import { RegistrationRoom } from './registration-room';
import { withSoftwareStatement } from './software-statement';

export interface RegistrationCall {
  tenant: Tenant;
  /** What came as a bearer token. */
  token?: string;
  context: RequestContext;
}

/** A client with the token that it looks after itself with, which is told and never kept. */
export interface Registration extends CreatedClient {
  registrationAccessToken: string;
}

interface Owner {
  client: Client;
  /** What it registered under. */
  policy: Partial<RegistrationLimits>;
}

const SECRET_NAME = 'registered';
/** RFC 7592 §2.2: what the server says and the client must not. */
const NOT_SENT = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

@Injectable()
export class RegistrationService {
  private readonly tokens: TenantRepository<RegistrationAccessTokenEntity>;

  constructor(
    private readonly database: Database,
    private readonly repository: RegistrationRepository,
    private readonly clients: ClientsService,
    private readonly initialTokens: InitialAccessTokens,
    private readonly scopes: RegisteredScopes,
    private readonly limit: RegistrationLimit,
    private readonly room: RegistrationRoom,
    private readonly observers: ClientObservers,
    private readonly clock: Clock,
  ) {
    this.tokens = new TenantRepository(database, RegistrationAccessTokenEntity);
  }

  /** @throws RegistrationError, ClientMetadataError */
  async register(call: RegistrationCall, input: MetadataInput): Promise<Registration> {
    const { tenant, context } = call;
    const initial = await this.admit(call);
    const { metadata, isVouched } = await withSoftwareStatement(tenant, input, this.clock.now());
    const { client_id: _ours, ...asked } = metadata;
    const policy = initial?.policy ?? {};
    const grant = registrationGrant(tenant, metadata, { policy, isVouched: isVouched || initial !== null });
    const source = { origin: 'registered' as const, grant };
    const ahead = await this.clients.validate(tenant, asked, source);
    const assignable = await this.scopes.assignable(tenant);
    return this.database.transaction(async (tx) => {
      if (initial) await this.initialTokens.spend(tenant, initial.id, tx);
      await this.room.assert(tenant, tx);
      const change: Change = { tx, request: context, actor: { type: 'client' } };
      const created = await this.clients.create(tenant, asked, { ...change, ...source, ahead });
      const client = await this.scopes.assign(tenant, created.client, assignable, change);
      const registrationAccessToken = randomToken('tra');
      const hash = sha256(registrationAccessToken);
      const row = { id: newId(), hash, clientId: client.id, policy, createdAt: this.clock.now() };
      await this.tokens.insert(tenant.id, row, tx);
      return { ...created, client, registrationAccessToken };
    });
  }

  /** @throws RegistrationError (`no-token`, `bad-token`) */
  async read(call: RegistrationCall, clientId: string): Promise<Registration> {
    const { client } = await this.owner(call, clientId);
    return { client, registrationAccessToken: call.token! };
  }

  /** @throws RegistrationError, ClientMetadataError */
  async replace(call: RegistrationCall, clientId: string, input: MetadataInput): Promise<Registration> {
    const { tenant, context } = call;
    const { client: before, policy } = await this.owner(call, clientId);
    this.assertOwnWords(before, input);
    const { metadata, isVouched } = await withSoftwareStatement(tenant, input, this.clock.now());
    const grant = registrationGrant(tenant, metadata, { policy, isVouched: isVouched || before.vouched === true });
    const source = { origin: 'registered' as const, grant };
    const ahead = await this.clients.validate(tenant, metadata, source, before);
    const assignable = await this.scopes.assignable(tenant);
    return this.database.transaction(async (tx) => {
      const registrationAccessToken = await this.rotate(call, before, tx);
      const change: Change = { tx, request: context, actor: { type: 'client', id: before.id } };
      const replaced = await this.clients.replace(tenant, before.id, metadata, { ...change, ...source, ahead });
      const secret = await this.renewSecret(tenant, before, replaced, change);
      const client = await this.scopes.assign(tenant, replaced, assignable, change);
      return { client, registrationAccessToken, ...(secret === undefined ? {} : { secret }) };
    });
  }

  /** The client and everything that was given to it end. @throws RegistrationError */
  async remove(call: RegistrationCall, clientId: string): Promise<void> {
    const { id } = (await this.owner(call, clientId)).client;
    await this.end(call.tenant, id, { request: call.context, actor: { type: 'client', id } });
  }

  /** Also where nobody has used the client for too long. */
  async end(tenant: Tenant, clientRowId: string, change: Change): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.clients.disable(tenant, clientRowId, { ...change, tx });
      await this.repository.withdraw(tenant.id, clientRowId, tx);
      await this.observers.clientEnded(tenant.id, clientRowId, tx);
    });
  }

  /** Whether anybody may, then whether this one may. Strangers are counted, and so is a wrong token. */
  private async admit({ tenant, token, context }: RegistrationCall): Promise<FoundInitialAccessToken | null> {
    const { mode } = tenant.settings.registration;
    if (mode === 'closed') throw new RegistrationError('closed', 'clients do not register themselves here');
    const initial = token === undefined ? null : await this.initialTokens.find(tenant, token);
    if (initial) return initial;
    await this.limit.count(tenant, context);
    if (token !== undefined) throw new RegistrationError('bad-token', 'the initial access token is not valid');
    if (mode === 'token') throw new RegistrationError('no-token', 'an initial access token is needed');
    return null;
  }

  /** S-171: the token of this client and of no other; which of the two is wrong is not told. */
  private async owner({ tenant, token, context }: RegistrationCall, clientId: string): Promise<Owner> {
    if (token === undefined) throw new RegistrationError('no-token', 'a registration access token is needed');
    const owner = hasTokenForm('tra', token) ? await this.repository.ownerOf(tenant.id, sha256(token)) : null;
    const client = owner?.clientId === clientId ? await this.clients.find(tenant.id, clientId) : null;
    if (owner && client) return { client, policy: owner.policy };
    await this.limit.count(tenant, context);
    throw new RegistrationError('bad-token', 'the registration access token is not valid here');
  }

  /** RFC 7592 §2.2: its own client_id, its own secret if any, and nothing that only the server says. */
  private assertOwnWords(client: Client, input: MetadataInput): void {
    if (member(input, 'client_id') !== client.client_id) throw invalid('client_id', 'must be that of this client');
    const foreign = NOT_SENT.find((name) => member(input, name) !== undefined);
    if (foreign) throw invalid(foreign, 'must not be sent');
    const secret = member(input, 'client_secret');
    if (secret === undefined) return;
    if (typeof secret !== 'string' || !this.clients.verifySecret(client, secret)) {
      throw invalid('client_secret', 'must be the current one when it is sent');
    }
  }

  private async rotate({ tenant, token }: RegistrationCall, { id }: Client, tx: Transaction): Promise<string> {
    const successor = tenant.settings.registration.rotateTokens ? randomToken('tra') : token!;
    const change = { hash: sha256(token!), successor: sha256(successor), now: this.clock.now() };
    if (await this.repository.rotate(tenant.id, id, change, tx)) return successor;
    throw new RegistrationError('bad-token', 'the registration access token is not valid here');
  }

  /** Another way to authenticate needs another secret, or none. */
  private async renewSecret(
    tenant: Tenant,
    before: Client,
    after: Client,
    change: Change,
  ): Promise<string | undefined> {
    if (before.token_endpoint_auth_method === after.token_endpoint_auth_method) return undefined;
    for (const { id } of before.secrets) await this.clients.revokeSecret(tenant, after.id, id, change);
    if (!usesSecret(after.token_endpoint_auth_method)) return undefined;
    return this.clients.addSecret(tenant, after.id, { name: SECRET_NAME }, change);
  }
}
