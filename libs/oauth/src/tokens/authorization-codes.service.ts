/** @spec OAuth 2.1 §4.1.2, RFC 6749 §10.5 — 256 random bits, kept as a hash, bound to what was granted, for a minute (S-039, S-040). */
import { Injectable } from '@nestjs/common';
import { auditParameters } from '@tokenidp/audit';
import type { Transaction } from '@tokenidp/database';
import { Clock, newId, randomToken, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type AuthenticatedSession, SessionPort } from '../authorize/interaction';
import { AuthorizationsRepository, type CodeRow, type NewAuthorizationCode } from './authorizations.repository';
import { authorizationRow, grantedEvent, type GrantedRights } from './new-authorization';

/** FAPI 2.0 §5.3.2.1 no. 11: whatever the tenant says, a code lives for a minute at most. */
const MAX_CODE_SECONDS = 60;

/** What a user grants a client that waits behind a redirect. */
export interface GrantedAuthorization extends GrantedRights {
  session: AuthenticatedSession;
  /** as sent; undefined when it was not (RFC 6749 §4.1.3) */
  redirectUri?: string;
  codeChallenge?: string;
  nonce?: string;
  /** thumbprint of the one key the code is for (RFC 9449 §10) */
  dpopJkt?: string;
}

@Injectable()
export class AuthorizationCodes {
  constructor(
    private readonly authorizations: AuthorizationsRepository,
    private readonly sessions: SessionPort,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes the authorization, its code and the audit event in one statement, and lets the client join the session
   * where it has not yet; returns the code.
   */
  async issue(tenant: Tenant, granted: GrantedAuthorization, tx?: Transaction): Promise<string> {
    const code = randomToken('tac');
    const row = newRow(tenant, granted, code, this.clock.now());
    const { client, session } = granted;
    if (session.clientIds.includes(client.id)) {
      await this.authorizations.issue(row, tx);
      return code;
    }
    const join = (within: Transaction) => this.sessions.join(tenant.id, session.id, client.id, within);
    if (!tx) await this.authorizations.issueAfter(row, join);
    else {
      await join(tx);
      await this.authorizations.issue(row, tx);
    }
    return code;
  }

  /** One read by hash; null for a code that this tenant never issued (or has purged). Changes nothing. */
  find(tenantId: string, hash: string): Promise<CodeRow | null> {
    return this.authorizations.findCode(tenantId, hash, this.clock.now());
  }
}

function newRow(tenant: Tenant, granted: GrantedAuthorization, code: string, now: Date): NewAuthorizationCode {
  const { redirectUri, codeChallenge, nonce, dpopJkt } = granted;
  const row = authorizationRow(tenant, granted, now);
  const lifetimeSeconds = Math.min(tenant.settings.lifetimes.authorizationCodeSeconds, MAX_CODE_SECONDS);
  return {
    ...row,
    ...{ codeId: newId(), hash: sha256(code), redirectUri, codeChallenge, nonce, dpopJkt },
    expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000),
    ...auditParameters(tenant.id, grantedEvent(granted, row), now),
  };
}
