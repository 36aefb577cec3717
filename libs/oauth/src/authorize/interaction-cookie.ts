/** @spec OIDC Core §16.11, RFC 6265bis §4.1.3 — an interaction goes on only in the browser that began it (S-044, S-010). */
import { hasTokenForm, randomToken, sha256 } from '@tokenidp/kernel';
import { cookieName, type Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';

const TAG = 'tix';

/** Hash of what the browser holds, or null. One value serves all tabs of a browser. */
export function browserHashOf(tenant: Tenant, request: FastifyRequest): string | null {
  const value = readCookie(tenant, request);
  return value === null ? null : sha256(value);
}

/** Gives the browser a value if it has none, prolongs it, and returns its hash. */
export function bindBrowser(tenant: Tenant, request: FastifyRequest, reply: FastifyReply): string {
  const value = readCookie(tenant, request) ?? randomToken(TAG);
  const seconds = tenant.settings.lifetimes.interactionSeconds;
  const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${tenant.secureCookies ? '; Secure' : ''}`;
  void reply.header('set-cookie', `${cookieName(tenant, 'ix')}=${value}; ${attributes}`);
  return sha256(value);
}

function readCookie(tenant: Tenant, request: FastifyRequest): string | null {
  const prefix = `${cookieName(tenant, 'ix')}=`;
  const pair = (request.headers.cookie ?? '')
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(prefix));
  const value = pair?.slice(prefix.length);
  return value !== undefined && hasTokenForm(TAG, value) ? value : null;
}
