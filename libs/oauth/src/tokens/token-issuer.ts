import { Injectable } from '@nestjs/common';
import type { Client, Resource } from '@tokenidp/clients';
import { type AuthorizationDetail, type ClaimsRequest, newId, randomToken, sha256 } from '@tokenidp/kernel';
import { Signer, type SigningAlgorithm } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { AccessService, type User, userClaims } from '@tokenidp/users';
import {
  type AccessTokenClaims,
  accessTokenClaims,
  type AccessTokenRights,
  type AccessTokenSubject,
  type Actor,
} from './access-token';
import type { Audience } from './audience';
import type { Confirmation } from './confirmation';
import { idTokenClaims, type PushedWith } from './id-token';
import { logoutTokenClaims } from './logout-token';
import { ResponseEncryption } from './response-encryption';
import { Subjects } from './subjects';
import { newTokenId } from './token-id';

export interface AccessTokenOrder {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly target: Audience;
  /** absent for a token that the client gets for itself */
  readonly subject?: AccessTokenSubject;
  /** whose token it is, when it is neither a user's nor the client's own (RFC 8693) */
  readonly subjectClient?: Client;
  readonly actor?: Actor;
  /** of the target, none where it is empty (RFC 9396 §9.1) */
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  /** seconds since the epoch: the token ends then at the latest */
  readonly endsAtSeconds?: number;
  /** the key that the request has proven to hold */
  readonly confirmation?: Confirmation;
  readonly now: Date;
}

export interface IssuedAccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
  /** the row to store with whatever spends the grant; null for a JWT */
  readonly row: NewAccessToken | null;
}

/** An opaque access token before it is stored. */
export interface NewAccessToken {
  readonly id: string;
  readonly hash: string;
  readonly scope: string;
  readonly audience: readonly string[];
  readonly claims: AccessTokenClaims;
  readonly expiresAt: Date;
}

export interface IdTokenOrder {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly user: User;
  readonly subject: AccessTokenSubject;
  /** row id of the session */
  readonly sid?: string;
  readonly nonce?: string;
  readonly requested?: ClaimsRequest['id_token'];
  readonly accessToken: string;
  readonly pushed?: PushedWith;
  readonly now: Date;
}

export interface LogoutTokenOrder {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly userId: string;
  /** row id */
  readonly sessionId: string;
  readonly now: Date;
}

const NO_SCOPES: ReadonlySet<string> = new Set();

/** @spec RFC 9068 §2, OIDC Core §2 — turns what was granted into tokens. Reads nothing that is not in memory. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly signer: Signer,
    private readonly access: AccessService,
    private readonly subjects: Subjects,
    private readonly encryption: ResponseEncryption,
  ) {}

  async accessToken(order: AccessTokenOrder): Promise<IssuedAccessToken> {
    const { tenant, target } = order;
    const [resource] = target.resources;
    const { claims, lifetimeSeconds } = await this.accessTokenClaims(order);
    if (resource?.tokenFormat === 'opaque') return opaque(order, claims, lifetimeSeconds);
    const algorithm = accessTokenAlgorithm(order, resource);
    const token = await this.signer.sign(tenant, { algorithm, type: 'at+jwt', claims });
    return { token, expiresInSeconds: lifetimeSeconds, row: null };
  }

  /** What the token says, whatever its format. */
  async accessTokenClaims(order: AccessTokenOrder): Promise<{ claims: AccessTokenClaims; lifetimeSeconds: number }> {
    const { tenant, client, target, subject } = order;
    const lifetimeSeconds = accessTokenSeconds(order, target.resources[0]);
    const claims = accessTokenClaims({
      issuer: tenant.issuer,
      client,
      audience: target.audience,
      scope: target.scope,
      subject: subject && { ...subject, userId: this.subjects.of(client, subject.userId) },
      subjectClient: order.subjectClient,
      actor: order.actor,
      authorizationDetails: order.authorizationDetails,
      rights: await this.rights(order),
      confirmation: order.confirmation,
      jti: newTokenId(subject?.authorizationId),
      issuedAt: toSeconds(order.now),
      lifetimeSeconds,
    });
    return { claims, lifetimeSeconds };
  }

  async idToken(order: IdTokenOrder): Promise<string> {
    const { tenant, client } = order;
    const algorithm = client.id_token_signed_response_alg as SigningAlgorithm;
    const text = await this.signer.sign(tenant, { algorithm, type: 'JWT', claims: this.idTokenClaims(order) });
    return this.encryption.encrypt(client, 'id_token', { text, isJwt: true });
  }

  /** What the token says. */
  idTokenClaims(order: IdTokenOrder): Record<string, unknown> {
    const { tenant, client, user, subject, sid } = order;
    return idTokenClaims({
      issuer: tenant.issuer,
      client,
      sub: this.subjects.of(client, user.id),
      authTime: subject.authTime,
      acr: subject.acr,
      amr: subject.amr,
      sid: sid === undefined ? undefined : this.subjects.sid(client, sid),
      nonce: order.nonce,
      accessToken: order.accessToken,
      pushed: order.pushed,
      algorithm: client.id_token_signed_response_alg,
      requested: order.requested ? userClaims(user, NO_SCOPES, order.requested) : {},
      issuedAt: toSeconds(order.now),
      lifetimeSeconds: client.id_token_seconds ?? tenant.settings.lifetimes.idTokenSeconds,
    });
  }

  /** Back-Channel Logout §2.4: signed and encrypted as the client's ID tokens are, with `iss` in the header then. */
  async logoutToken({ tenant, client, userId, sessionId, now }: LogoutTokenOrder): Promise<string> {
    const { issuer } = tenant;
    const claims = logoutTokenClaims({
      issuer,
      clientId: client.client_id,
      sub: this.subjects.of(client, userId),
      sid: this.subjects.sid(client, sessionId),
      issuedAt: toSeconds(now),
    });
    const algorithm = client.id_token_signed_response_alg as SigningAlgorithm;
    const text = await this.signer.sign(tenant, { algorithm, type: 'logout+jwt', claims });
    return this.encryption.encrypt(client, 'id_token', { text, isJwt: true, replicated: { iss: issuer } });
  }

  /** Of the resources that ask for them; from the cache of users' and clients' rights. */
  private async rights({
    tenant,
    client,
    target,
    subject,
    subjectClient = client,
  }: AccessTokenOrder): Promise<AccessTokenRights | undefined> {
    const asking = target.resources.filter((each) => each.includeRoles || each.includePermissions);
    if (asking.length === 0) return undefined;
    const roles = new Set<string>();
    const permissions = new Set<string>();
    for (const resource of asking) {
      const held = subject
        ? await this.access.ofUser(tenant.id, subject.userId, resource.id)
        : await this.access.ofClient(tenant.id, subjectClient.id, resource.id);
      if (resource.includeRoles) held.roles.forEach((role) => roles.add(role));
      if (resource.includePermissions) held.permissions.forEach((permission) => permissions.add(permission));
    }
    return {
      roles: asking.some((each) => each.includeRoles) ? [...roles] : undefined,
      permissions: asking.some((each) => each.includePermissions) ? [...permissions] : undefined,
    };
  }
}

/** FAPI 2.0 §5.4.1: the resource's algorithm, unless the client's profile allows only others that the tenant has. */
function accessTokenAlgorithm({ tenant, client }: AccessTokenOrder, resource: Resource | undefined): SigningAlgorithm {
  const { algorithms } = tenant.settings.keys;
  const wanted = (resource?.algorithm ?? algorithms[0]) as SigningAlgorithm;
  const allowed = client.profile.algorithms;
  if (!allowed || allowed.includes(wanted)) return wanted;
  return algorithms.find((each) => allowed.includes(each)) ?? wanted;
}

/** The client's own lifetime, else the resource's, else the tenant's for this kind of token. */
function accessTokenSeconds(order: AccessTokenOrder, resource: Resource | undefined): number {
  const { tenant, client, subject, confirmation, endsAtSeconds = Infinity } = order;
  const {
    accessTokenSeconds: bearer,
    boundAccessTokenSeconds: bound,
    clientCredentialsSeconds,
  } = tenant.settings.lifetimes;
  const ofUsers = confirmation ? bound : bearer;
  const longest =
    client.access_token_seconds ?? resource?.accessTokenSeconds ?? (subject ? ofUsers : clientCredentialsSeconds);
  return Math.min(longest, endsAtSeconds - toSeconds(order.now));
}

function opaque(order: AccessTokenOrder, claims: AccessTokenClaims, lifetimeSeconds: number): IssuedAccessToken {
  const token = randomToken('tat');
  const row: NewAccessToken = {
    id: newId(),
    hash: sha256(token),
    scope: order.target.scope,
    audience: order.target.audience,
    claims,
    expiresAt: new Date((toSeconds(order.now) + lifetimeSeconds) * 1000),
  };
  return { token, expiresInSeconds: lifetimeSeconds, row };
}

/** NumericDate (RFC 7519 §2). */
export function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
