/** @spec NIST SP 800-63B-4 §3.1.1.2 — reads the form by which a user replaces a password; each wrong old one is audited. */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { UnavailableError } from '@tokenidp/kernel';
import type { AuthenticatedSession, Parameters } from '@tokenidp/oauth';
import { PasswordChanges, type PasswordChangeResult, type User } from '@tokenidp/users';
import type { TextKey } from '../i18n/texts';
import { NEW_PASSWORD_FIELDS, type NewPasswordField } from '../pages/new-password';
import { requestContext } from '../request-context';
import type { BrowserCall } from '../sessions/sessions.service';
import { passwordError } from '../setup/setup-errors';

export type NewPasswordErrors = Partial<Record<NewPasswordField, TextKey>>;

export type NewPasswordOutcome =
  | { outcome: 'changed'; user: User; amr: readonly string[] }
  | { outcome: 'superseded' }
  | { outcome: 'disabled' }
  | { outcome: 'refused'; errors: NewPasswordErrors }
  | { outcome: 'delayed' | 'busy'; retryAfterSeconds: number };

const MISSING: Readonly<Record<NewPasswordField, TextKey>> = {
  password: 'newPassword.error.passwordMissing',
  newPassword: 'setup.error.passwordMissing',
  newPasswordAgain: 'setup.error.passwordMismatch',
};

@Injectable()
export class NewPasswordService {
  constructor(
    private readonly passwords: PasswordChanges,
    private readonly audit: AuditService,
  ) {}

  async attempt(call: BrowserCall, session: AuthenticatedSession, form: Parameters): Promise<NewPasswordOutcome> {
    const errors = errorsOfForm(form);
    if (errors) return { outcome: 'refused', errors };
    const result = await this.change(call, session, form);
    switch (result.outcome) {
      case 'changed':
        return { ...result, amr: session.amr };
      case 'unfit':
        return refused(
          'newPassword',
          result.reason === 'same' ? 'newPassword.error.same' : passwordError(result.reason),
        );
      case 'invalid':
        await this.recordFailure(call, session);
        return refused('password', 'newPassword.error.passwordWrong');
      case 'disabled':
        return { outcome: 'disabled' };
      case 'delayed':
      case 'busy':
      case 'superseded':
        return result;
    }
  }

  private async change(
    { tenant, request }: BrowserCall,
    { user }: AuthenticatedSession,
    form: Parameters,
  ): Promise<PasswordChangeResult | { outcome: 'busy'; retryAfterSeconds: number }> {
    const typed = { password: form.get('password')!, newPassword: form.get('newPassword')! };
    try {
      return await this.passwords.change(tenant, user, typed, requestContext(request));
    } catch (error) {
      if (error instanceof UnavailableError) return { outcome: 'busy', retryAfterSeconds: error.retryAfterSeconds };
      throw error;
    }
  }

  private async recordFailure({ tenant, request }: BrowserCall, session: AuthenticatedSession): Promise<void> {
    await this.audit.record(tenant.id, {
      event: 'password.changed',
      result: 'failure',
      actor: { type: 'user', id: session.userId },
      target: { type: 'user', id: session.userId },
      sessionId: session.id,
      detail: { reason: 'refused' },
      request: requestContext(request),
    });
  }
}

function refused(field: NewPasswordField, error: TextKey): NewPasswordOutcome {
  return { outcome: 'refused', errors: { [field]: error } };
}

/** What can be said without asking anybody; undefined when nothing has to be. */
function errorsOfForm(form: Parameters): NewPasswordErrors | undefined {
  const missing = NEW_PASSWORD_FIELDS.filter((field) => field !== 'newPasswordAgain' && !form.has(field));
  const errors: NewPasswordErrors = Object.fromEntries(missing.map((field) => [field, MISSING[field]]));
  if (!errors.newPassword && form.get('newPassword') !== form.get('newPasswordAgain')) {
    errors.newPasswordAgain = MISSING.newPasswordAgain;
  }
  return Object.keys(errors).length > 0 ? errors : undefined;
}
