import { Injectable } from '@nestjs/common';
import type { Client, TrustedIssuer } from '@tokenidp/clients';
import { OAuthError, sha256 } from '@tokenidp/kernel';
import type { User } from '@tokenidp/users';
import { type ClientJwt, readClientJwt } from '../client-auth/client-jwt';
import { TOKEN_PATH } from '../endpoints/paths';
import type { TokenRequest } from '../grants/grant';
import { toSeconds } from '../tokens/token-issuer';
import { grantAssertionFault } from './grant-assertion';
import { TrustedStatements } from './trusted-statements';

const MAX_LENGTH = 8192;

/** An assertion that is right; nobody has looked yet whether it was used. */
export interface AcceptedAssertion {
  readonly trusted: TrustedIssuer;
  /** null when it speaks of the client itself */
  readonly user: User | null;
  /** what is spent of it, and until when that has to be remembered */
  readonly replayKey: string;
  readonly expiresAt: Date;
}

/** @spec RFC 7523 §3, §3.1 — assertions as grants: of an issuer that the tenant trusts, by its keys, about somebody we know. */
@Injectable()
export class GrantAssertions {
  constructor(private readonly statements: TrustedStatements) {}

  /** Throws `invalid_grant`; why is for the log. Writes nothing. */
  async accept({ tenant, client, now }: TokenRequest, jwt: string): Promise<AcceptedAssertion> {
    const assertion = readClientJwt(jwt, MAX_LENGTH);
    if (!assertion) throw refused('no JWT in compact form');
    const trusted = await this.signer(tenant.id, assertion);
    const { issuer } = tenant;
    const expected = { client, issuer, tokenEndpoint: issuer + TOKEN_PATH, nowSeconds: toSeconds(now) };
    const fault = grantAssertionFault(assertion, expected);
    if (fault !== null) throw refused(fault);
    const user = await this.userOf(trusted, client, assertion);
    const { jti, exp } = assertion.claims;
    const replayKey = sha256(`jwt-bearer\n${trusted.id}\n${String(jti)}`);
    return { trusted, user, replayKey, expiresAt: new Date(Number(exp) * 1000) };
  }

  private async signer(tenantId: string, assertion: ClientJwt): Promise<TrustedIssuer> {
    const trusted = await this.statements.signer(tenantId, assertion);
    if (typeof trusted === 'string') throw refused(trusted);
    return trusted;
  }

  /** S-075: the user is one who may sign in; null for the client itself. */
  private async userOf(trusted: TrustedIssuer, client: Client, assertion: ClientJwt): Promise<User | null> {
    if (trusted.subject === 'client') {
      if (assertion.claims.sub !== client.client_id) throw refused('sub is another client');
      return null;
    }
    const user = await this.statements.user(trusted, assertion);
    if (!user) throw refused('sub is no active user');
    return user;
  }
}

function refused(detail: string): OAuthError {
  return new OAuthError('invalid_grant', 'the assertion is not valid', { detail: `assertion refused: ${detail}` });
}
