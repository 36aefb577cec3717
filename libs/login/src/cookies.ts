/** @spec RFC 6265bis §4.1.2, §4.1.3 — `__Host-`, Secure, HttpOnly, SameSite, Path=/ and no Domain (S-010). */
import { cookieName, type Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type CookieBase = 'sid' | 'ix' | 'bs';

/** The value the browser sent; of two with one name the first, which is the one with the longer path. */
export function readCookie(tenant: Tenant, request: FastifyRequest, base: CookieBase): string | undefined {
  const prefix = `${cookieName(tenant, base)}=`;
  const pair = request.headers.cookie?.split(/; */).find((each) => each.startsWith(prefix));
  return pair?.slice(prefix.length) || undefined;
}

/** Kept until the browser closes: the server's own limits decide, not the cookie's age. */
export function setCookie(tenant: Tenant, reply: FastifyReply, base: CookieBase, value: string): void {
  reply.header('set-cookie', `${cookieName(tenant, base)}=${value}; ${attributes(tenant, base)}`);
}

export function dropCookie(tenant: Tenant, reply: FastifyReply, base: CookieBase): void {
  reply.header('set-cookie', `${cookieName(tenant, base)}=; Max-Age=0; ${attributes(tenant, base)}`);
}

function attributes(tenant: Tenant, base: CookieBase): string {
  // OIDC Session Management §3.2: read by a script of ours in a page of somebody else; it opens nothing.
  if (base === 'bs') return 'Path=/; SameSite=None; Secure';
  return `Path=/; HttpOnly; SameSite=Lax${tenant.secureCookies ? '; Secure' : ''}`;
}
