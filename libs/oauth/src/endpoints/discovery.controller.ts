import { Controller, Get, HttpCode, Inject, Req, Res, UseFilters } from '@nestjs/common';
import { Public, sha256 } from '@tokenidp/kernel';
import { KeysService } from '@tokenidp/keys';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionPort } from '../authorize/interaction';
import type { ClientAuthMethod } from '../client-auth/client-auth-method';
import { CLIENT_AUTH_REGISTRY } from '../client-auth/client-authenticator';
import { ASSERTION_MAC_ALGORITHMS } from '../client-auth/client-secret-jwt';
import { ASSERTION_SIGNING_ALGORITHMS } from '../client-auth/private-key-jwt';
import { GrantRegistry } from '../grants/grant-registry';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { RESPONSE_MODE_HANDLERS } from '../response-modes';
import { type CacheableDocument, sendCacheable } from './cacheable-reply';
import { providerMetadata } from './metadata';
import { AUTHORIZATION_SERVER_PATH, OPENID_CONFIGURATION_PATH } from './paths';

/** @spec OIDC Discovery §4, RFC 8414 §3 — one document under both of its names, composed once per tenant. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class DiscoveryController {
  /** A changed tenant is another object, so a document lives as long as its tenant is cached, and no longer. */
  private readonly documents = new WeakMap<Tenant, CacheableDocument>();

  constructor(
    @Inject(CLIENT_AUTH_REGISTRY) private readonly clientAuthMethods: readonly ClientAuthMethod[],
    private readonly grants: GrantRegistry,
    private readonly keys: KeysService,
    private readonly sessions: SessionPort,
  ) {}

  @Get([OPENID_CONFIGURATION_PATH, AUTHORIZATION_SERVER_PATH])
  @HttpCode(200)
  metadata(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const tenant = tenantOf(request);
    sendCacheable(request, reply, this.documents.get(tenant) ?? this.compose(tenant));
  }

  private compose(tenant: Tenant): CacheableDocument {
    const body = JSON.stringify(
      providerMetadata(tenant, {
        grantTypes: this.grants.grantTypes,
        responseModes: RESPONSE_MODE_HANDLERS.map(({ name }) => name),
        clientAuthMethods: this.clientAuthMethods.map(({ name }) => name),
        clientAuthAlgorithms: [...ASSERTION_SIGNING_ALGORITHMS, ...ASSERTION_MAC_ALGORITHMS],
        signingAlgorithms: this.keys.algorithms(tenant),
        acrValues: this.sessions.acrValues,
      }),
    );
    const document = { body, etag: `"${sha256(body)}"` };
    this.documents.set(tenant, document);
    return document;
  }
}
