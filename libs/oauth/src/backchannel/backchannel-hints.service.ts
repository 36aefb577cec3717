/** @spec CIBA Core §7.1, §13 — who is meant; nobody learns from the answer whether there is such a user (S-136, S-160). */
import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import { Verifier } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import type { Hint } from './request-members';

@Injectable()
export class BackchannelHints {
  constructor(
    private readonly users: UsersService,
    private readonly verifier: Verifier,
  ) {}

  /** The user who may be asked; null when there is none. Throws `invalid_request` for a hint that is no such thing. */
  async find(tenant: Tenant, client: Client, { kind, value }: Hint): Promise<User | null> {
    const user =
      kind === 'login_hint'
        ? await this.users.findByLogin(tenant.id, value)
        : await this.users.findById(tenant.id, await this.subjectOf(tenant, client, { kind, value }));
    return user?.status === 'active' ? user : null;
  }

  /**
   * @deviates CIBA Core §7.1 — no issuer of login_hint_tokens is known to a tenant, so that none can be believed; and
   * from a pairwise subject no way leads back to the user.
   */
  private async subjectOf(tenant: Tenant, client: Client, { kind, value }: Hint): Promise<string> {
    if (kind !== 'id_token_hint') throw new OAuthError('invalid_request', 'login_hint_token is not supported');
    if (client.subject_type === 'pairwise') {
      throw new OAuthError('invalid_request', 'id_token_hint names nobody for a client with pairwise subjects');
    }
    const audience = client.client_id;
    const token = await this.verifier.verify(tenant, value, { type: 'JWT', audience, ignoreExpiry: true });
    const subject = token?.claims.sub;
    if (typeof subject === 'string') return subject;
    throw new OAuthError('invalid_request', 'id_token_hint is not an ID token of this issuer for this client');
  }
}
