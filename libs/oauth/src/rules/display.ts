/** @spec OIDC Core §3.1.2.1 — how the pages are shown is a wish: the pages adapt by themselves, other values are ignored. */
import { DISPLAYS } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `display`. */
export function display(request: AuthorizationRequest): void {
  const sent = request.parameters.get('display');
  request.display = DISPLAYS.find((known) => known === sent);
}
