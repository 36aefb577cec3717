/** @spec OIDC RP-Initiated Logout §2, OAuth 2.1 §7.10 — the click counts only on a page that was made for this session (S-124, S-127). */
import { Injectable } from '@nestjs/common';
import { Clock, KeyedHash } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';

const PURPOSE = 'oauth.logout-confirmation';

/** A logout request as it was verified, and whom it is about. */
export interface LogoutConfirmation {
  /** the session that a confirmation page was made for */
  sessionId?: string;
  /** the user whom a valid hint named */
  subject?: string;
  /** wire name */
  clientId?: string;
  redirectUri?: string;
  state?: string;
}

/** Carries a verified logout request through the browser: readable, but not to be altered. */
@Injectable()
export class LogoutConfirmations {
  constructor(
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  seal(tenant: Tenant, confirmation: LogoutConfirmation): string {
    const expiresAt = this.clock.nowSeconds() + tenant.settings.lifetimes.interactionSeconds;
    const payload = Buffer.from(JSON.stringify({ ...confirmation, expiresAt })).toString('base64url');
    return `${payload}.${this.keyedHash.hash(PURPOSE, bound(tenant, payload))}`;
  }

  /** Null for what was not made here, for this tenant, or not lately. */
  open(tenant: Tenant, sealed: string): LogoutConfirmation | null {
    const at = sealed.indexOf('.');
    const payload = sealed.slice(0, Math.max(at, 0));
    if (!this.keyedHash.verify(PURPOSE, bound(tenant, payload), sealed.slice(at + 1))) return null;
    const { expiresAt, ...confirmation } = JSON.parse(
      Buffer.from(payload, 'base64url').toString(),
    ) as LogoutConfirmation & { expiresAt: number };
    return expiresAt > this.clock.nowSeconds() ? confirmation : null;
  }
}

function bound(tenant: Tenant, payload: string): string {
  return `${tenant.id}.${payload}`;
}
