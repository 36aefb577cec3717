import { Injectable } from '@nestjs/common';
import { type Client, ClientsService } from '@tokenidp/clients';
import { Clock, hasTokenForm, sha256 } from '@tokenidp/kernel';
import { Verifier } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import type { AccessTokenClaims } from './access-token';
import { AccessTokensRepository, type StoredAccessToken } from './access-tokens.repository';
import type { Standing } from './standing';
import { authorizationOfTokenId } from './token-id';

/** An access token that is good right now. */
export interface ActiveAccessToken {
  /** RFC 9068 §2.2, of opaque tokens too */
  readonly claims: AccessTokenClaims;
  readonly client: Client;
  /** null for a token that a client got for itself */
  readonly standing: Standing | null;
}

/**
 * @spec RFC 9068 §4, RFC 7662 §2.2 — whether an access token of ours is good at this moment: signed, in time, not
 * revoked, its authorization and user standing, its client active. One read, whatever its format.
 */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly repository: AccessTokensRepository,
    private readonly verifier: Verifier,
    private readonly clients: ClientsService,
    private readonly clock: Clock,
  ) {}

  async find(tenant: Tenant, token: string): Promise<ActiveAccessToken | null> {
    const stored = hasTokenForm('tat', token)
      ? await this.repository.findOpaque(tenant.id, sha256(token), this.clock.now())
      : await this.findJwt(tenant, token);
    if (!stored || stored.standing?.stands === false) return null;
    const client = await this.clients.find(tenant.id, String(stored.claims.client_id));
    return client?.status === 'active' && isOf(client, stored.claims) ? { ...stored, client } : null;
  }

  private async findJwt(tenant: Tenant, token: string): Promise<StoredAccessToken | null> {
    const verified = await this.verifier.verify(tenant, token, { type: 'at+jwt' });
    if (!verified) return null;
    const claims: AccessTokenClaims = verified.claims;
    const jti = String(claims.jti);
    const authorizationId = authorizationOfTokenId(jti);
    if (authorizationId === undefined) {
      return (await this.repository.isRevoked(tenant.id, jti)) ? null : { claims, standing: null };
    }
    const standing = await this.repository.findStanding(tenant.id, authorizationId, jti);
    return standing && { claims, standing };
  }
}

/** A client that was deleted and made anew under its old name is another one: what is older than it is not its own. */
function isOf({ createdAt }: Client, { iat }: AccessTokenClaims): boolean {
  return !(Number(iat) < Math.floor(createdAt.getTime() / 1000));
}
