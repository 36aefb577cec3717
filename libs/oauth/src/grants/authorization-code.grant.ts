import { Injectable } from '@nestjs/common';
import { hasTokenForm, OAuthError, parseScope, sha256 } from '@tokenidp/kernel';
import { checkDpopJkt } from '../rules/dpop-jkt';
import { checkCodeVerifier } from '../rules/pkce';
import { AuthorizationCodes } from '../tokens/authorization-codes.service';
import type { CodeRow } from '../tokens/authorizations.repository';
import { ExchangesRepository } from '../tokens/exchanges.repository';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { ReuseDetection } from '../tokens/reuse-detection';
import { UserTokens } from '../tokens/user-tokens';
import type { Grant, TokenRequest, TokenResponse } from './grant';

/**
 * @spec OAuth 2.1 §4.1.3, §7.5.2, RFC 6749 §4.1.3, OIDC Core §3.1.3.2, RFC 9449 §10 — a code buys tokens once, for the client, the
 * redirect URI, the verifier and the key it was issued for. A wrong attempt spends nothing; a second right one takes back
 * what the first has bought (D1).
 */
@Injectable()
export class AuthorizationCodeGrant implements Grant {
  readonly grantType = 'authorization_code';
  readonly parameters = ['code', 'redirect_uri', 'code_verifier', 'resource', 'authorization_details'];
  readonly repeatable = ['resource'];

  constructor(
    private readonly codes: AuthorizationCodes,
    private readonly exchanges: ExchangesRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly userTokens: UserTokens,
    private readonly reuse: ReuseDetection,
  ) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const code = await this.find(request);
    const { standing } = code;
    if (code.redeemedAt !== null) throw await this.refuseReplay(request, code);
    if (!standing.stands || !code.sessionIsLive) throw refused();
    const scopes = parseScope(code.scope);
    const { grantType } = this;
    const nonce = code.nonce ?? undefined;
    const { response, record } = await this.userTokens.draft({ request, grantType, standing, scopes, nonce });
    const refresh = this.refreshTokens.mayHave(request.client, scopes)
      ? this.refreshTokens.first(request, code.scope)
      : null;
    const redeemed = await this.exchanges.redeemCode(record, code.id, refresh?.row ?? null);
    if (!redeemed) throw await this.refuseReplay(request, code);
    return refresh ? { ...response, refresh_token: refresh.token } : response;
  }

  /** The code, when everything about the request is as it was issued for. Writes nothing (S-038). */
  private async find({ tenant, client, parameters, confirmation, now }: TokenRequest): Promise<CodeRow> {
    const sent = parameters.get('code');
    if (sent === undefined) throw new OAuthError('invalid_request', 'code is missing');
    const code = hasTokenForm('tac', sent) ? await this.codes.find(tenant.id, sha256(sent)) : null;
    if (code?.standing.clientId !== client.id) throw refused();
    // A redeemed code goes on: a replay is one also after the code's end.
    if (code.redeemedAt === null && code.expiresAt <= now) throw refused();
    checkRedirectUri(parameters.get('redirect_uri'), code);
    checkCodeVerifier(parameters.get('code_verifier'), code.codeChallenge);
    checkDpopJkt(confirmation, code.dpopJkt);
    if (code.codeChallenge === null && (client.require_pkce || !client.isConfidential)) throw refused();
    return code;
  }

  private async refuseReplay(request: TokenRequest, { standing }: CodeRow): Promise<OAuthError> {
    await this.reuse.revoke(request, standing, 'code-replayed');
    return refused();
  }
}

/**
 * OAuth 2.1 §10.2: a client of today sends none here. What is sent must be what was sent before (S-025), and a
 * client without PKCE must send it (RFC 6749 §4.1.3).
 */
function checkRedirectUri(sent: string | undefined, { redirectUri, codeChallenge }: CodeRow): void {
  const isOmitted = sent === undefined && (redirectUri === null || codeChallenge !== null);
  if (!isOmitted && sent !== redirectUri) {
    throw new OAuthError('invalid_grant', 'redirect_uri is not the one of the authorization request');
  }
}

function refused(): OAuthError {
  return new OAuthError('invalid_grant', 'the authorization code is not valid');
}
