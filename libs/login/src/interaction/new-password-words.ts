import type { Tenant } from '@tokenidp/tenancy';
import { NEW_PASSWORD_FIELDS, type NewPasswordView } from '../pages/new-password';
import type { PageFrame } from '../pages/frame';
import type { NewPasswordOutcome } from './new-password.service';

/** Why the page is shown again. */
export type NewPasswordAgain =
  { kind: 'renewed' } | { kind: 'refused'; result: Exclude<NewPasswordOutcome, { outcome: 'changed' | 'superseded' }> };

const STATUS = { refused: 400, disabled: 400, delayed: 429, busy: 503 } as const;

export function newPasswordStatus(again: NewPasswordAgain | undefined): number {
  if (!again) return 200;
  return again.kind === 'renewed' ? 403 : STATUS[again.result.outcome];
}

/** Whole seconds, for `Retry-After`. */
export function newPasswordWait(again: NewPasswordAgain | undefined): number | undefined {
  if (again?.kind !== 'refused' || !('retryAfterSeconds' in again.result)) return undefined;
  return Math.max(1, Math.ceil(again.result.retryAfterSeconds));
}

export function newPasswordWords(
  tenant: Tenant,
  again: NewPasswordAgain | undefined,
  { texts }: PageFrame,
): Pick<NewPasswordView, 'alert' | 'errors' | 'minLength'> {
  const minLength = tenant.settings.password.minLength;
  if (!again) return { minLength, errors: {} };
  if (again.kind === 'renewed') return { minLength, errors: {}, alert: texts.text('form.renewed') };
  const { result } = again;
  if (result.outcome === 'refused') {
    const words = { length: minLength, tenant: tenant.displayName };
    const told = NEW_PASSWORD_FIELDS.flatMap((field) => {
      const key = result.errors[field];
      return key ? [[field, texts.text(key, words)]] : [];
    });
    return { minLength, errors: Object.fromEntries(told) as NewPasswordView['errors'] };
  }
  const values = { tenant: tenant.displayName, time: texts.duration(newPasswordWait(again) ?? 1) };
  return { minLength, errors: {}, alert: texts.text(`login.error.${result.outcome}`, values) };
}
