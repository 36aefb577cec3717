import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { BearerError, parseScope, Public } from '@tokenidp/kernel';
import { Signer, type SigningAlgorithm } from '@tokenidp/keys';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import { userClaims } from '@tokenidp/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { ResponseEncryption } from '../tokens/response-encryption';
import type { Standing } from '../tokens/standing';
import { Subjects } from '../tokens/subjects';
import { USERINFO_PATH } from './paths';
import { sendJson, sendJwt } from './protocol-reply';
import { type PresentedAccessToken, ResourceAccess } from './resource-access';
import { UserAuthentication } from './user-authentication';

/** @spec OIDC Core §5.3, RFC 9470 §3 — claims about the user, for a token that is for the provider itself and holds `openid`. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class UserinfoController {
  constructor(
    private readonly access: ResourceAccess,
    private readonly signer: Signer,
    private readonly subjects: Subjects,
    private readonly encryption: ResponseEncryption,
    private readonly authentication: UserAuthentication,
  ) {}

  @Get(USERINFO_PATH)
  @HttpCode(200)
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply);
  }

  @Post(USERINFO_PATH)
  @HttpCode(200)
  post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply);
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const token = await this.access.authenticate({ tenant, path: USERINFO_PATH, request, reply });
    const { scheme, standing } = token;
    // S-095: a token for an API, or of a client itself, is none of this endpoint's.
    if (!standing || ![token.claims.aud].flat().includes(tenant.issuer)) {
      throw new BearerError('invalid_token', 'the access token is not valid here', { scheme });
    }
    const claims = this.claims(token, standing);
    this.authentication.assertEnough(token, tenant.settings.userinfo);
    const { client } = token;
    const isSigned = client.userinfo_signed_response_alg !== undefined;
    const text = isSigned ? await this.sign(tenant, client, claims) : JSON.stringify(claims);
    if (!isSigned && client.userinfo_encrypted_response_alg === undefined) sendJson(reply, text);
    else sendJwt(reply, await this.encryption.encrypt(client, 'userinfo', { text, isJwt: isSigned }));
  }

  private claims(token: PresentedAccessToken, { user, claims }: Standing): Record<string, unknown> {
    const scopes = parseScope(String(token.claims.scope ?? ''));
    if (!scopes.has('openid')) {
      throw new BearerError('insufficient_scope', 'the scope openid is needed', {
        scope: 'openid',
        scheme: token.scheme,
      });
    }
    return { ...userClaims(user, scopes, claims?.userinfo), sub: this.subjects.of(token.client, user.id) };
  }

  /** §5.3.2: signed, it says who it is from and for whom. */
  private sign(tenant: Tenant, client: Client, claims: object): Promise<string> {
    return this.signer.sign(tenant, {
      algorithm: client.userinfo_signed_response_alg as SigningAlgorithm,
      type: 'JWT',
      claims: { ...claims, iss: tenant.issuer, aud: client.client_id },
    });
  }
}
