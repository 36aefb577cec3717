/** @spec OIDC Core §3.1.2.3, RFC 9700 §4.12 — proves who somebody is and begins the session; each refusal is audited. */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { UnavailableError } from '@tokenidp/kernel';
import { type AuthenticatedSession, type Parameters, SignOut } from '@tokenidp/oauth';
import type { User } from '@tokenidp/users';
import { type Factor, type FactorOutcome, PasswordFactor } from '../factors';
import { requestContext } from '../request-context';
import { type BrowserCall, SessionsService } from '../sessions/sessions.service';

/** What became of the form. `missing` and `refused` are told at their fields, the others above the form. */
export type SignInOutcome =
  | { outcome: 'proved'; user: User; amr: readonly string[] }
  | { outcome: 'missing'; fields: readonly string[] }
  | Exclude<FactorOutcome, { outcome: 'proved' }>
  | { outcome: 'busy'; retryAfterSeconds: number };

const IDENTIFIER = 'username';

@Injectable()
export class SignInService {
  constructor(
    private readonly password: PasswordFactor,
    private readonly sessions: SessionsService,
    private readonly signOut: SignOut,
    private readonly audit: AuditService,
  ) {}

  async attempt(call: BrowserCall, form: Parameters): Promise<SignInOutcome> {
    const factor = this.password;
    const missing = [IDENTIFIER, ...factor.parameters].filter((name) => !form.has(name));
    if (missing.length > 0) return { outcome: 'missing', fields: missing };
    const result = await this.verify(factor, call, form);
    if (result.outcome === 'proved') return { ...result, amr: factor.amr };
    // A delayed or busy attempt was not looked at: it proves nothing, and writing each would let anybody fill the trail.
    if (result.outcome === 'refused' || result.outcome === 'disabled') await this.recordFailure(call, result);
    return result;
  }

  /** The browser's session of somebody else ends first, with all that follows from a sign-out. */
  async begin(
    call: BrowserCall,
    proof: { user: User; amr: readonly string[] },
    current: AuthenticatedSession | null,
  ): Promise<AuthenticatedSession> {
    const { tenant, request, reply } = call;
    const isSame = current?.userId === proof.user.id;
    if (current && !isSame) await this.signOut.signOut(tenant, current, { request, reply });
    return this.sessions.begin(call, { ...proof, current: isSame ? current : null });
  }

  private async verify(
    factor: Factor,
    { tenant, request }: BrowserCall,
    form: Parameters,
  ): Promise<FactorOutcome | { outcome: 'busy'; retryAfterSeconds: number }> {
    const identifier = form.get(IDENTIFIER)!;
    try {
      return await factor.verify({ tenant, identifier, form, context: requestContext(request) });
    } catch (error) {
      if (error instanceof UnavailableError) return { outcome: 'busy', retryAfterSeconds: error.retryAfterSeconds };
      throw error;
    }
  }

  /** Names a known user, and never what was typed: it may be a password in the wrong field. */
  private async recordFailure(
    { tenant, request }: BrowserCall,
    { outcome, userId }: { outcome: string; userId?: string },
  ): Promise<void> {
    await this.audit.record(tenant.id, {
      event: 'sign-in.failed',
      result: 'failure',
      actor: { type: 'user', id: userId },
      detail: { reason: outcome },
      request: requestContext(request),
    });
  }
}
