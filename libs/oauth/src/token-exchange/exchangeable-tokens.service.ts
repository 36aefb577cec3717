import { Injectable } from '@nestjs/common';
import { type Client, ClientsService } from '@tokenidp/clients';
import { type AuthorizationDetail, Clock, hasTokenForm, isId, parseScope, sha256, TOKEN_TYPES } from '@tokenidp/kernel';
import { type JwtClaims, Verifier } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import type { Actor } from '../tokens/access-token';
import { AccessTokens } from '../tokens/access-tokens.service';
import { type Confirmation, confirmationOf } from '../tokens/confirmation';
import { RefreshTokensRepository } from '../tokens/refresh-tokens.repository';
import { Subjects } from '../tokens/subjects';
import type { Standing } from '../tokens/standing';
import { toSeconds } from '../tokens/token-issuer';
import type { PresentedToken } from './exchange-request';
import { SessionAuthorizationsRepository } from './session-authorizations.repository';

/** A token of this tenant that is good at this moment, whatever its type. */
export interface ExchangeableToken {
  readonly sub: string;
  /** whom it was issued to */
  readonly client: Client;
  /** the client that it is about, when it is not about a user */
  readonly subjectClient?: Client;
  /** `aud` */
  readonly audience: readonly string[];
  /** the resources it was given for, the provider itself among them by its issuer */
  readonly resources: readonly string[];
  readonly scopes: ReadonlySet<string>;
  /** that it holds (RFC 9396) */
  readonly authorizationDetails: readonly AuthorizationDetail[];
  /** null for a token that is about a client */
  readonly standing: Standing | null;
  readonly expiresAtSeconds: number;
  /** the key that its holder has to prove (RFC 7800) */
  readonly confirmation?: Confirmation;
  readonly act?: Actor;
  /** as it says; RFC 8693 §4.4 */
  readonly mayAct?: unknown;
}

/**
 * @spec RFC 8693 §2.1, §5 — a token to be exchanged has to be as good as it would have to be at introspection: ours,
 * in time, not revoked, its user and its client active, and of exactly the type that it is said to be (S-064, S-093).
 */
@Injectable()
export class ExchangeableTokens {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly sessions: SessionAuthorizationsRepository,
    private readonly verifier: Verifier,
    private readonly clients: ClientsService,
    private readonly subjects: Subjects,
    private readonly clock: Clock,
  ) {}

  /** Null for whatever is no such token. One read, and one of the client that the token is about. */
  find(tenant: Tenant, caller: Client, { token, type }: PresentedToken): Promise<ExchangeableToken | null> {
    if (type === TOKEN_TYPES.accessToken) return this.accessToken(tenant, token);
    return type === TOKEN_TYPES.idToken ? this.idToken(tenant, token) : this.refreshToken(tenant, caller, token);
  }

  private async accessToken(tenant: Tenant, token: string): Promise<ExchangeableToken | null> {
    const found = await this.accessTokens.find(tenant, token);
    if (!found) return null;
    const { claims, client, standing } = found;
    const sub = String(claims.sub);
    const subjectClient = standing ? undefined : await this.activeClient(tenant, sub);
    if (subjectClient === null) return null;
    const audience = [claims.aud].flat() as string[];
    return {
      ...{ sub, client, subjectClient, standing, audience, resources: audience },
      scopes: parseScope(claims.scope as string | undefined),
      authorizationDetails: (claims.authorization_details ?? []) as AuthorizationDetail[],
      expiresAtSeconds: Number(claims.exp),
      confirmation: confirmationOf(claims),
      act: claims.act as Actor | undefined,
      mayAct: claims.may_act,
    };
  }

  /** It stands for the session that it came from: without one it says only what once was. */
  private async idToken(tenant: Tenant, token: string): Promise<ExchangeableToken | null> {
    const claims = (await this.verifier.verify(tenant, token, { type: 'JWT' }))?.claims;
    if (!claims || !isIdToken(claims)) return null;
    const client = await this.activeClient(tenant, claims.aud);
    if (!client) return null;
    const found = await this.sessions.findLatest(tenant.id, {
      sessionId: claims.sid,
      userId: claims.sub,
      clientId: client.id,
      // `iat` has no fractions
      issuedAt: new Date(claims.iat * 1000 + 999),
      now: this.clock.now(),
    });
    if (!found?.standing.stands) return null;
    const granted = { client, standing: found.standing, scopes: parseScope(found.scope) };
    const { aud, exp: expiresAtSeconds, may_act: mayAct } = claims;
    return { ...granted, ...this.grantedTo(granted, tenant), audience: [aud], expiresAtSeconds, mayAct };
  }

  /** Nobody's but the client's own. */
  private async refreshToken(tenant: Tenant, client: Client, token: string): Promise<ExchangeableToken | null> {
    const stored = hasTokenForm('trt', token) ? await this.refreshTokens.find(tenant.id, sha256(token)) : null;
    const isGood =
      stored?.standing.clientId === client.id &&
      stored.standing.stands &&
      stored.revokedAt === null &&
      stored.rotatedAt === null &&
      stored.idleExpiresAt > this.clock.now();
    if (!isGood) return null;
    const granted = { client, standing: stored.standing, scopes: parseScope(stored.scope) };
    const ends = { expiresAtSeconds: toSeconds(stored.idleExpiresAt), confirmation: stored.confirmation ?? undefined };
    return { ...granted, ...this.grantedTo(granted, tenant), ...ends, audience: [] };
  }

  /** RFC 8707 §2.2: what was named in the authorization request, or else the APIs that the scopes belong to. */
  private grantedTo({ client, standing, scopes }: Granted, { issuer }: Tenant) {
    const sub = this.subjects.of(client, standing.user.id);
    const { authorizationDetails } = standing;
    if (standing.resources.length > 0) return { sub, authorizationDetails, resources: standing.resources };
    const owners = client.assignments.filter(({ userScopes }) => userScopes.some((scope) => scopes.has(scope)));
    const apis = owners.map(({ resource }) => resource.identifier);
    return { sub, authorizationDetails, resources: scopes.has('openid') ? [...apis, issuer] : apis };
  }

  private async activeClient(tenant: Tenant, clientId: string): Promise<Client | null> {
    const client = await this.clients.find(tenant.id, clientId);
    return client?.status === 'active' ? client : null;
  }
}

type IdTokenClaims = JwtClaims & { sub: string; sid: string; aud: string };

/** What ID tokens alone say of all plain JWTs; S-093. One of a pairwise client names neither session nor user, and is none. */
function isIdToken(claims: JwtClaims): claims is IdTokenClaims {
  const { aud, azp, sub, sid, auth_time, at_hash } = claims;
  const isOfSession = typeof sid === 'string' && isId(sid) && sub !== undefined && isId(sub);
  return (
    isOfSession && typeof aud === 'string' && azp === aud && Number.isInteger(auth_time) && typeof at_hash === 'string'
  );
}

type Granted = Pick<ExchangeableToken, 'client' | 'scopes'> & { standing: Standing };
