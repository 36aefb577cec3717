import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { MasterKeys, newId, randomToken, sha256, tagToken } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Confirmation } from './confirmation';

/** A refresh token before it is stored. */
export interface NewRefreshToken {
  readonly id: string;
  readonly hash: string;
  readonly parentId: string | null;
  readonly scope: string;
  readonly confirmation: Confirmation | null;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
}

/** The token itself, once, and the row that is stored of it. */
export interface IssuedRefreshToken {
  readonly token: string;
  readonly row: NewRefreshToken;
}

export interface RefreshTokenOwner {
  readonly tenant: Tenant;
  readonly client: Client;
  /** the key that the request has proven to hold */
  readonly confirmation?: Confirmation;
  readonly now: Date;
}

/** What of a used token its successor depends on. */
export interface RotatedToken {
  readonly id: string;
  readonly scope: string;
  readonly confirmation: Confirmation | null;
  readonly absoluteExpiresAt: Date;
}

/** What of a used token decides whether the use is written down. */
export interface UsedToken {
  readonly lastUsedAt: Date | null;
  readonly absoluteExpiresAt: Date;
}

// The idle end may lag behind by a minute, or a twentieth of the idle time where that is less.
const MAX_REST_SECONDS = 60;
const REST_OF_IDLE = 0.05;
const PURPOSE = 'refresh-token-successor';

/**
 * @spec OAuth 2.1 §4.3.1, RFC 9700 §4.14.2, RFC 9449 §5 — refresh tokens and their ends. A successor is a keyed hash of its
 * parent: a client that lost the answer can be given the same one again, although only hashes are stored (D3).
 */
@Injectable()
export class RefreshTokens {
  private readonly key: KeyObject;

  constructor(keys: MasterKeys) {
    this.key = createSecretKey(keys.derive(PURPOSE));
  }

  /** True when the client gets a refresh token with what was granted. */
  mayHave(client: Client, scopes: ReadonlySet<string>): boolean {
    return client.grant_types.includes('refresh_token') && (client.refresh.always || scopes.has('offline_access'));
  }

  first(owner: RefreshTokenOwner, scope: string): IssuedRefreshToken {
    const absoluteExpiresAt = after(owner.now, absoluteSeconds(owner));
    return issued(randomToken('trt'), {
      parentId: null,
      scope,
      confirmation: boundTo(owner),
      absoluteExpiresAt,
      idleExpiresAt: this.idleEnd(owner, absoluteExpiresAt),
    });
  }

  /** The one successor of a token; the row has a new id each time and is stored once. */
  successor(owner: RefreshTokenOwner, parentToken: string, parent: RotatedToken): IssuedRefreshToken {
    const { scope, absoluteExpiresAt } = parent;
    return issued(this.successorOf(parentToken), {
      parentId: parent.id,
      scope,
      confirmation: parent.confirmation ?? boundTo(owner),
      absoluteExpiresAt,
      idleExpiresAt: this.idleEnd(owner, absoluteExpiresAt),
    });
  }

  successorOf(parentToken: string): string {
    return tagToken('trt', createHmac('sha256', this.key).update(parentToken).digest());
  }

  /** Where a use moves the idle end to; null when it was moved a moment ago, so that busy tokens are not written. */
  movedIdleEnd(owner: RefreshTokenOwner, token: UsedToken): Date | null {
    const restSeconds = Math.min(MAX_REST_SECONDS, idleSeconds(owner) * REST_OF_IDLE);
    const isRecent = token.lastUsedAt !== null && after(token.lastUsedAt, restSeconds) > owner.now;
    return isRecent ? null : this.idleEnd(owner, token.absoluteExpiresAt);
  }

  /** S-074: a use moves the idle end, never beyond the absolute one. */
  private idleEnd(owner: RefreshTokenOwner, absoluteExpiresAt: Date): Date {
    const idle = after(owner.now, idleSeconds(owner));
    return idle < absoluteExpiresAt ? idle : absoluteExpiresAt;
  }
}

function issued(token: string, row: Omit<NewRefreshToken, 'id' | 'hash'>): IssuedRefreshToken {
  return { token, row: { ...row, id: newId(), hash: sha256(token) } };
}

/** RFC 9700 §2.2.2: of a public client a token is bound to a key, or each is good once (S-071). */
export function rotates(client: Client, { confirmation }: Pick<RotatedToken, 'confirmation'>): boolean {
  return client.refresh.rotate || (!client.isConfidential && confirmation === null);
}

/** RFC 9449 §5: of a client that authenticates, its authentication binds the token, and its key may change. */
function boundTo({ client, confirmation }: RefreshTokenOwner): Confirmation | null {
  return client.isConfidential ? null : (confirmation ?? null);
}

function idleSeconds({ tenant, client }: RefreshTokenOwner): number {
  const { refreshConfidentialIdleSeconds, refreshPublicIdleSeconds } = tenant.settings.lifetimes;
  return (
    client.refresh.idleSeconds ?? (client.isConfidential ? refreshConfidentialIdleSeconds : refreshPublicIdleSeconds)
  );
}

function absoluteSeconds({ tenant, client }: RefreshTokenOwner): number {
  const { refreshConfidentialAbsoluteSeconds, refreshPublicAbsoluteSeconds } = tenant.settings.lifetimes;
  return (
    client.refresh.absoluteSeconds ??
    (client.isConfidential ? refreshConfidentialAbsoluteSeconds : refreshPublicAbsoluteSeconds)
  );
}

function after(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
