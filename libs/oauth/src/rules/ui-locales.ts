/** @spec OIDC Core §3.1.2.1, §5.2 — languages in order of preference; none that is unknown or malformed is an error. */
import type { AuthorizationRequest } from '../authorize/authorization-request';

const TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/;
const MAX_TAGS = 10;

/** Narrows `uiLocales`. `claims_locales` is accepted too; claims are kept in one language, so there is nothing to choose. */
export function uiLocales(request: AuthorizationRequest): void {
  const sent = request.parameters.get('ui_locales')?.split(' ') ?? [];
  request.uiLocales = sent.filter((tag) => TAG.test(tag)).slice(0, MAX_TAGS);
}
