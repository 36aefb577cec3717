/** @spec OAuth 2.1 §7.11, RFC 9700 §4.16 — no frame, no script but ours, forms only to us and to where the client waits (S-007). */
import type { PageNonces } from './pages/frame';

export interface PageTargets {
  /** redirect URIs that a form's answer leads to: browsers hold redirects after a submit to `form-action` too */
  formTargets?: readonly string[];
  /** addresses that the page loads in frames */
  frames?: readonly string[];
}

export function contentSecurityPolicy(nonces: PageNonces, { formTargets = [], frames = [] }: PageTargets = {}): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonces.script}'`,
    `style-src 'nonce-${nonces.style}'`,
    "img-src 'self' data:",
    `form-action ${["'self'", ...new Set(formTargets.map(sourceOf))].join(' ')}`,
    ...(frames.length > 0 ? [`frame-src ${[...new Set(frames.map(sourceOf))].join(' ')}`] : []),
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** @spec OIDC Session Management §3.3 — of a page that others embed: one script of ours, and nothing else that it could do. */
export function embeddedPolicy({ script }: PageNonces): string {
  return `default-src 'none'; script-src 'nonce-${script}'; base-uri 'none'; form-action 'none'; object-src 'none'`;
}

// The grammar of host-source: what does not fit (IPv6, `;` in a host) is let through by its scheme, never written out.
const HOST_SOURCE = /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/;
const SCHEME = /^[a-z][a-z0-9+.-]*:$/;

function sourceOf(uri: string): string {
  const { origin, protocol } = new URL(uri);
  if (HOST_SOURCE.test(origin)) return origin;
  if (!SCHEME.test(protocol)) throw new Error('not a scheme that a policy can hold');
  return protocol;
}

/** What every page has beside its policy (S-008). */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self)',
};
