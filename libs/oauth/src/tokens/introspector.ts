import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Clock, hasTokenForm, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { AccessTokens, type ActiveAccessToken } from './access-tokens.service';
import { confirmationOf, tokenTypeOf } from './confirmation';
import { RefreshTokensRepository } from './refresh-tokens.repository';
import type { Standing } from './standing';
import { Subjects } from './subjects';
import { toSeconds } from './token-issuer';

/** RFC 7662 §2.2. */
export type Introspection = { active: false } | ({ active: true } & Record<string, unknown>);

const INACTIVE: Introspection = { active: false };

/**
 * @spec RFC 7662 §2.1, §2.2, §4, RFC 9449 §6.2, RFC 9396 §9.2 — what a token is worth, for those it concerns: the client it was issued to, and
 * clients that belong to the API it is for. To all others it does not exist (S-081).
 */
@Injectable()
export class Introspector {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly subjects: Subjects,
    private readonly clock: Clock,
  ) {}

  /** One read. `token_type_hint` is not needed: a token tells its kind. */
  async introspect(tenant: Tenant, caller: Client, token: string): Promise<Introspection> {
    if (hasTokenForm('trt', token)) return this.refreshToken(tenant, caller, token);
    const found = await this.accessTokens.find(tenant, token);
    return found && concerns(found, caller) ? describe(found) : INACTIVE;
  }

  private async refreshToken(tenant: Tenant, caller: Client, token: string): Promise<Introspection> {
    const stored = await this.refreshTokens.find(tenant.id, sha256(token));
    const isGood =
      stored?.standing.clientId === caller.id &&
      stored.standing.stands &&
      stored.revokedAt === null &&
      stored.rotatedAt === null &&
      stored.idleExpiresAt > this.clock.now();
    if (!isGood) return INACTIVE;
    const { authorizationDetails } = stored.standing;
    return {
      active: true,
      scope: stored.scope,
      ...(authorizationDetails.length > 0 && { authorization_details: authorizationDetails }),
      client_id: caller.client_id,
      ...nameOf(caller, stored.standing),
      sub: this.subjects.of(caller, stored.standing.user.id),
      iss: tenant.issuer,
      iat: toSeconds(stored.createdAt),
      exp: toSeconds(stored.idleExpiresAt),
    };
  }
}

function concerns({ claims, client }: ActiveAccessToken, caller: Client): boolean {
  if (client.id === caller.id) return true;
  const audience = [claims.aud].flat();
  return (
    audience.includes(caller.client_id) ||
    caller.assignments.some(({ resource }) => audience.includes(resource.identifier))
  );
}

function describe({ claims, standing, client }: ActiveAccessToken): Introspection {
  const described = { ...claims, token_type: tokenTypeOf(confirmationOf(claims)) };
  return { active: true, ...described, ...(standing && nameOf(client, standing)) };
}

/** OIDC Core §8: of a pairwise client's user the name would say what its `sub` hides. */
function nameOf({ subject_type }: Client, { user }: Standing): { username?: string } {
  return subject_type === 'pairwise' ? {} : { username: user.username };
}
