/** @spec NIST SP 800-63B-4 §2.2.3 — a session ends a while after its last use, and at the latest some time after the sign-in (S-121). */
import type { LifetimeSettings } from '@tokenidp/tenancy';

export type SessionLimits = Pick<LifetimeSettings, 'sessionIdleSeconds' | 'sessionAbsoluteSeconds'>;

const MAX_BEHIND_SECONDS = 60;

/** When a session that is used now ends if it is not used again; never after its absolute end. */
export function idleEnd(now: Date, absoluteExpiresAt: Date, { sessionIdleSeconds }: SessionLimits): Date {
  return new Date(Math.min(now.getTime() + sessionIdleSeconds * 1000, absoluteExpiresAt.getTime()));
}

export function absoluteEnd(authTime: Date, { sessionAbsoluteSeconds }: SessionLimits): Date {
  return new Date(authTime.getTime() + sessionAbsoluteSeconds * 1000);
}

/** True when the last use is worth writing: after a minute, or a quarter of a short idle limit. */
export function isWorthWriting(lastSeenAt: Date, now: Date, { sessionIdleSeconds }: SessionLimits): boolean {
  return now.getTime() - lastSeenAt.getTime() >= Math.min(MAX_BEHIND_SECONDS, sessionIdleSeconds / 4) * 1000;
}
