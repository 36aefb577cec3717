/** @spec CIBA Core §7.1, §13 — who is meant; nobody learns from the answer whether there is such a user (S-136, S-160). */
import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Clock, OAuthError } from '@tokenidp/kernel';
import { Verifier } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { readClientJwt } from '../client-auth/client-jwt';
import { TrustedStatements } from '../jwt-bearer/trusted-statements';
import { Subjects } from '../tokens/subjects';
import { loginHintFault } from './login-hint-token';
import type { Hint } from './request-members';

const MAX_LENGTH = 8192;

@Injectable()
export class BackchannelHints {
  constructor(
    private readonly users: UsersService,
    private readonly verifier: Verifier,
    private readonly statements: TrustedStatements,
    private readonly subjects: Subjects,
    private readonly clock: Clock,
  ) {}

  /** The user who may be asked; null when there is none. Throws `OAuthError` for a hint that is no such thing. */
  async find(tenant: Tenant, client: Client, { kind, value }: Hint): Promise<User | null> {
    const user = await this.named(tenant, client, { kind, value });
    return user?.status === 'active' ? user : null;
  }

  private async named(tenant: Tenant, client: Client, { kind, value }: Hint): Promise<User | null> {
    if (kind === 'login_hint') return this.users.findByLogin(tenant.id, value);
    if (kind === 'login_hint_token') return this.byToken(tenant, value);
    const userId = await this.byIdToken(tenant, client, value);
    return userId === null ? null : this.users.findById(tenant.id, userId);
  }

  /** The signature comes first: of a token that nobody trusts not even its age is told. */
  private async byToken(tenant: Tenant, hint: string): Promise<User | null> {
    const token = readClientJwt(hint, MAX_LENGTH);
    const trusted = token && (await this.statements.signer(tenant.id, token));
    if (!trusted || typeof trusted === 'string' || trusted.subject === 'client') throw invalidToken();
    const fault = loginHintFault(token, { issuer: tenant.issuer, nowSeconds: this.clock.nowSeconds() });
    if (fault === 'expired') throw new OAuthError('expired_login_hint_token', 'login_hint_token has expired');
    if (fault) throw invalidToken();
    return this.statements.user(trusted, token);
  }

  private async byIdToken(tenant: Tenant, client: Client, hint: string): Promise<string | null> {
    const expected = { type: 'JWT', audience: client.client_id, ignoreExpiry: true } as const;
    const token = await this.verifier.verify(tenant, hint, expected);
    const subject = token?.claims.sub;
    if (typeof subject === 'string') return this.subjects.userOf(client, subject);
    throw new OAuthError('invalid_request', 'id_token_hint is not an ID token of this issuer for this client');
  }
}

function invalidToken(): OAuthError {
  return new OAuthError('invalid_request', 'login_hint_token is not one of an issuer that is trusted here');
}
