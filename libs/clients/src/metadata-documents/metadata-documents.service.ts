/**
 * @spec draft-ietf-oauth-client-id-metadata-document §5, §5.1, §5.2 and §8.6 — a client whose name is an address is what
 * the document there says, fetched with the guard on and kept only while it is good; what failed is never kept.
 */
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@tokenidp/database';
import { Clock, GuardedHttpClient, OutboundError, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { LRUCache } from 'lru-cache';
import type { Client } from '../client';
import { ClientsError } from '../clients-error';
import { ClientsService } from '../clients.service';
import { ClientMetadataError } from '../metadata/client-metadata-error';
import type { MetadataInput } from '../metadata/members';
import { isHostIn } from '../metadata/registration-limits';
import { RegisteredScopes } from '../registration/registered-scopes';
import { RegistrationError } from '../registration/registration-error';
import { registrationGrant } from '../registration/registration-grant';
import { RegistrationLimit } from '../registration/registration-limit';
import { RegistrationRoom } from '../registration/registration-room';
import { withSoftwareStatement } from '../registration/software-statement';
import { isDocumentAddress } from './document-address';
import { fetchDocument } from './metadata-document';

const MAX_KNOWN = 20_000;

/** Whether requests of the client are answered at all: it is active, and its tenant still takes its way in. */
export function isServed(client: Pick<Client, 'status' | 'origin'>, { settings }: Tenant): boolean {
  return client.status === 'active' && (client.origin !== 'metadata' || settings.registration.metadataDocuments);
}

@Injectable()
export class MetadataDocuments {
  private readonly logger = new Logger(MetadataDocuments.name);
  /** Until when, in milliseconds, the client that is stored is believed. */
  private readonly freshUntil = new LRUCache<string, number>({ max: MAX_KNOWN });
  private readonly pending = new Map<string, Promise<void>>();

  constructor(
    private readonly http: GuardedHttpClient,
    private readonly database: Database,
    private readonly clients: ClientsService,
    private readonly scopes: RegisteredScopes,
    private readonly limit: RegistrationLimit,
    private readonly room: RegistrationRoom,
    private readonly clock: Clock,
  ) {}

  /**
   * Brings the client in line with its document, unless that was done lately; then it is found as any other.
   * Does nothing for a name that is no address. @throws RegistrationError, ClientMetadataError
   */
  async refresh(tenant: Tenant, clientId: string, context: RequestContext): Promise<void> {
    const { metadataDocuments, metadataHosts } = tenant.settings.registration;
    if (!metadataDocuments || !isDocumentAddress(clientId)) return;
    if (metadataHosts.length > 0 && !isHostIn(new URL(clientId).hostname, metadataHosts)) {
      throw new RegistrationError('bad-document', 'clients of that host are not known here');
    }
    const key = `${tenant.id} ${clientId}`;
    const now = this.clock.now().getTime();
    if (now < (this.freshUntil.get(key) ?? 0)) return;
    await (this.pending.get(key) ?? this.start(key, () => this.load(tenant, clientId, context)));
  }

  private start(key: string, load: () => Promise<number>): Promise<void> {
    const started = load()
      .then((ageSeconds) => void this.freshUntil.set(key, this.clock.now().getTime() + ageSeconds * 1000))
      .finally(() => this.pending.delete(key));
    this.pending.set(key, started);
    return started;
  }

  /** How long what came is good for. */
  private async load(tenant: Tenant, clientId: string, context: RequestContext): Promise<number> {
    const known = await this.clients.find(tenant.id, clientId);
    // Who names addresses that nobody has come from makes us call others, so that is counted.
    if (!known) await this.limit.count(tenant, context);
    try {
      const { metadata, ageSeconds } = await fetchDocument(this.http, clientId);
      await this.store(tenant, { clientId, known, metadata }, context);
      return ageSeconds;
    } catch (error) {
      if (known && !(error instanceof RegistrationError)) await this.limit.count(tenant, context);
      throw this.translated(error);
    }
  }

  private async store(
    tenant: Tenant,
    { clientId, known, metadata }: { clientId: string; known: Client | null; metadata: MetadataInput },
    request: RequestContext,
  ): Promise<void> {
    const stated = await withSoftwareStatement(tenant, metadata, this.clock.now());
    const isVouched = stated.isVouched || tenant.settings.registration.metadataHosts.length > 0;
    const grant = registrationGrant(tenant, stated.metadata, { isVouched });
    const source = { origin: 'metadata' as const, grant };
    const ahead = await this.clients.validate(tenant, stated.metadata, source, known ?? undefined);
    const assignable = await this.scopes.assignable(tenant);
    await this.database.transaction(async (tx) => {
      const change = { ...source, tx, request, ahead };
      if (!known) await this.room.assert(tenant, tx);
      const client = known
        ? await this.clients.replace(tenant, known.id, stated.metadata, change)
        : (await this.clients.create(tenant, { ...stated.metadata, client_id: clientId }, change)).client;
      await this.scopes.assign(tenant, client, assignable, change);
    });
  }

  private translated(error: unknown): unknown {
    // Another instance was faster with the same document.
    if (error instanceof ClientsError && error.code === 'client-id-taken')
      return new RegistrationError('too-many-requests', 'the client is being read just now', 1);
    if (error instanceof ClientMetadataError)
      return new RegistrationError('bad-document', `${error.member} ${error.message}`);
    if (!(error instanceof OutboundError)) return error;
    this.logger.warn(`a client's metadata document could not be fetched: ${error.message}`);
    return new RegistrationError('bad-document', 'the document at client_id could not be fetched');
  }
}
