import { Inject, Injectable } from '@nestjs/common';
import { AuthorizationDetailsTypes } from '@tokenidp/clients';
import { sha256 } from '@tokenidp/kernel';
import { KeysService } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { SessionPort } from '../authorize/interaction';
import type { ClientAuthMethod } from '../client-auth/client-auth-method';
import { ClientCertificates } from '../client-auth/client-certificate';
import { CLIENT_AUTH_REGISTRY } from '../client-auth/client-authenticator';
import { CLIENT_SIGNING_ALGORITHMS } from '../client-auth/client-jwt';
import { ASSERTION_MAC_ALGORITHMS } from '../client-auth/client-secret-jwt';
import { GrantRegistry } from '../grants/grant-registry';
import { RESPONSE_MODE_HANDLERS } from '../response-modes';
import { DPOP_SIGNING_ALGORITHMS } from '../tokens/dpop-proof';
import type { CacheableDocument } from './cacheable-reply';
import { providerMetadata } from './metadata';
import { mtlsMetadata } from './mtls-metadata';
import { JWKS_PATH } from './paths';

/** A document, and what it depends on besides its tenant. */
interface Composed {
  readonly types: readonly string[];
  readonly document: CacheableDocument;
}

/** The documents of a tenant that anybody may read. */
@Injectable()
export class Documents {
  /** A changed tenant is another object, so a document lives as long as its tenant is cached, and no longer. */
  private readonly composed = new WeakMap<Tenant, Composed>();

  constructor(
    @Inject(CLIENT_AUTH_REGISTRY) private readonly clientAuthMethods: readonly ClientAuthMethod[],
    private readonly grants: GrantRegistry,
    private readonly keys: KeysService,
    private readonly sessions: SessionPort,
    private readonly detailsTypes: AuthorizationDetailsTypes,
    private readonly certificates: ClientCertificates,
  ) {}

  /** @spec OIDC Discovery §4, RFC 8414 §3 — one document under both of its names, composed once for what it depends on. */
  async metadata(tenant: Tenant): Promise<CacheableDocument> {
    return this.composedOf(tenant, await this.detailsTypes.of(tenant.id));
  }

  /** @spec RFC 7517 §5, OIDC Core §10.1.1 — the tenant's public keys. */
  jwks(tenant: Tenant): Promise<CacheableDocument> {
    return this.keys.jwks(tenant);
  }

  /** What a path serves, if that is in memory; undefined when it has to be asked for. */
  peek(path: string, tenant: Tenant): CacheableDocument | undefined {
    if (path === JWKS_PATH) return this.keys.peekJwks(tenant);
    const types = this.detailsTypes.peek(tenant.id);
    return types && this.composedOf(tenant, types);
  }

  /** The list of types is another object as soon as one of them has changed. */
  private composedOf(tenant: Tenant, types: readonly string[]): CacheableDocument {
    const known = this.composed.get(tenant);
    return known?.types === types ? known.document : this.compose(tenant, types);
  }

  private compose(tenant: Tenant, types: readonly string[]): CacheableDocument {
    const metadata = providerMetadata(tenant, {
      grantTypes: this.grants.grantTypes,
      responseModes: RESPONSE_MODE_HANDLERS.map(({ name }) => name),
      clientAuthMethods: this.clientAuthMethods.filter(({ isServed }) => isServed !== false).map(({ name }) => name),
      clientAuthAlgorithms: [...CLIENT_SIGNING_ALGORITHMS, ...ASSERTION_MAC_ALGORITHMS],
      signingAlgorithms: this.keys.algorithms(tenant),
      dpopAlgorithms: DPOP_SIGNING_ALGORITHMS,
      acrValues: this.sessions.acrValues,
      requestObjectAlgorithms: CLIENT_SIGNING_ALGORITHMS,
      authorizationDetailsTypes: types,
    });
    const body = JSON.stringify({ ...metadata, ...mtlsMetadata(metadata, tenant, this.certificates.areServed) });
    const document = { body, etag: `"${sha256(body)}"` };
    this.composed.set(tenant, { types, document });
    return document;
  }
}
