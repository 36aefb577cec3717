/** @spec RFC 7523 §3, RFC 8725 §3.8 — what an issuer says that the tenant trusts: who signed it, and whom it means. */
import { Injectable } from '@nestjs/common';
import { ClientKeys, type TrustedIssuer, TrustedIssuersService } from '@tokenidp/clients';
import { type User, UsersService } from '@tokenidp/users';
import { type ClientJwt, isSignedBy } from '../client-auth/client-jwt';

/** Why there is nobody, in words for the log. */
export type SignerFault = 'iss' | 'signature';

@Injectable()
export class TrustedStatements {
  constructor(
    private readonly issuers: TrustedIssuersService,
    private readonly keys: ClientKeys,
    private readonly users: UsersService,
  ) {}

  /** The trusted issuer that it names and that did sign it. */
  async signer(tenantId: string, statement: ClientJwt): Promise<TrustedIssuer | SignerFault> {
    const { claims } = statement;
    const trusted = typeof claims.iss === 'string' ? await this.issuers.find(tenantId, claims.iss) : null;
    if (!trusted?.enabled) return 'iss';
    return (await isSignedBy(trusted, this.keys, statement, [...trusted.algorithms])) ? trusted : 'signature';
  }

  /** S-075: the user whom it means, as far as they may sign in; null for nobody, and where it means clients. */
  async user({ tenantId, subject }: TrustedIssuer, { claims }: ClientJwt): Promise<User | null> {
    if (subject === 'client') return null;
    const sub = String(claims.sub);
    const user = subject === 'email' ? await this.byEmail(tenantId, claims) : await this.bySub(tenantId, subject, sub);
    return user?.status === 'active' ? user : null;
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
