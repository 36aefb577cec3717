/** @spec draft-ietf-oauth-client-id-metadata-document §5.1 — a request of a client whose document cannot be had ends. */
import { Injectable } from '@nestjs/common';
import { isDocumentAddress, MetadataDocuments, RegistrationError } from '@tokenidp/clients';
import { OAuthError, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';

@Injectable()
export class ClientDocuments {
  constructor(private readonly documents: MetadataDocuments) {}

  /** Before the client is looked up. Throws `invalid_client`, or `temporarily_unavailable` (429) for too many of them. */
  async refresh(tenant: Tenant, clientId: string | undefined, context: RequestContext): Promise<void> {
    if (clientId === undefined || !isDocumentAddress(clientId)) return;
    try {
      await this.documents.refresh(tenant, clientId, context);
    } catch (error) {
      throw error instanceof RegistrationError ? refusal(error) : error;
    }
  }
}

function refusal({ code, message, retryAfterSeconds }: RegistrationError): OAuthError {
  const description = message.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 300);
  if (code !== 'too-many-requests') return new OAuthError('invalid_client', description, { status: 400 });
  const headers = { 'retry-after': String(retryAfterSeconds ?? 1) };
  return new OAuthError('temporarily_unavailable', description, { status: 429, headers });
}
