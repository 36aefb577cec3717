/** @spec OIDC Session Management §3.2 — another value for each session, from which nobody gets back to it. */
import { createHmac } from 'node:crypto';
import type { MasterKeys } from '@tokenidp/kernel';

const PURPOSE = 'login.browser-state';

export function browserStateOf(masterKeys: MasterKeys, tenantId: string, sessionId: string): string {
  const key = masterKeys.deriveKeyObject(PURPOSE)!;
  return createHmac('sha256', key).update(`${tenantId}.${sessionId}`).digest('base64url');
}
