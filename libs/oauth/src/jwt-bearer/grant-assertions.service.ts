import { Injectable } from '@nestjs/common';
import { type Client, ClientKeys, type TrustedIssuer, TrustedIssuersService } from '@tokenidp/clients';
import { OAuthError, sha256 } from '@tokenidp/kernel';
import { type User, UsersService } from '@tokenidp/users';
import { type ClientJwt, isSignedBy, readClientJwt } from '../client-auth/client-jwt';
import { TOKEN_PATH } from '../endpoints/paths';
import type { TokenRequest } from '../grants/grant';
import { toSeconds } from '../tokens/token-issuer';
import { grantAssertionFault } from './grant-assertion';

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
  constructor(
    private readonly issuers: TrustedIssuersService,
    private readonly keys: ClientKeys,
    private readonly users: UsersService,
  ) {}

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

  /** The trusted issuer that it names and that did sign it. */
  private async signer(tenantId: string, assertion: ClientJwt): Promise<TrustedIssuer> {
    const { claims } = assertion;
    const trusted = typeof claims.iss === 'string' ? await this.issuers.find(tenantId, claims.iss) : null;
    if (!trusted?.enabled) throw refused('iss');
    if (!(await isSignedBy(trusted, this.keys, assertion, [...trusted.algorithms]))) throw refused('signature');
    return trusted;
  }

  /** S-075: the user is one who may sign in; null for the client itself. */
  private async userOf(
    { tenantId, subject }: TrustedIssuer,
    client: Client,
    { claims }: ClientJwt,
  ): Promise<User | null> {
    const sub = String(claims.sub);
    if (subject === 'client') {
      if (sub !== client.client_id) throw refused('sub is another client');
      return null;
    }
    const user = subject === 'email' ? await this.byEmail(tenantId, claims) : await this.bySub(tenantId, subject, sub);
    if (user?.status !== 'active') throw refused('sub is no active user');
    return user;
  }

  private async bySub(tenantId: string, subject: 'id' | 'username', sub: string): Promise<User | null> {
    if (subject === 'id') return this.users.findById(tenantId, sub);
    const user = await this.users.findByLogin(tenantId, sub);
    return user?.username === sub ? user : null;
  }

  /** An address that either side has not verified may be somebody else's. */
  private async byEmail(tenantId: string, { email, email_verified }: Record<string, unknown>): Promise<User | null> {
    if (typeof email !== 'string' || email_verified !== true) return null;
    const user = await this.users.findByLogin(tenantId, email);
    return user?.emailVerified && user.email?.toLowerCase() === email.toLowerCase() ? user : null;
  }
}

function refused(detail: string): OAuthError {
  return new OAuthError('invalid_grant', 'the assertion is not valid', { detail: `assertion refused: ${detail}` });
}
