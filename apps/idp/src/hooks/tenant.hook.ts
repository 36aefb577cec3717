/** @spec RFC 8414 §3.3 — the host and the path name the tenant, nothing else does; unknown means 404 before a handler. */
import { ProblemError } from '@tokenidp/kernel';
import { splitTenantPath, type TenantResolver } from '@tokenidp/tenancy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

// The raw request is the only object that exists both when the URL is rewritten and when the hook runs.
const slugs = new WeakMap<object, string>();

/** Fastify's `rewriteUrl`: routes are written once, without the tenant's path. */
export function rewriteTenantUrl(request: IncomingMessage): string {
  const { slug, url } = splitTenantPath(request.url ?? '/');
  if (slug !== undefined) slugs.set(request, slug);
  // `OPTIONS *` names no path: the router would answer it before any hook.
  return url.startsWith('/') || /^https?:/i.test(url) ? url : `/${url}`;
}

/** Routes of the instance itself (health) have no tenant; a path tenant does not have them. */
function isInstanceRoute(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { instance?: boolean } | undefined)?.instance === true;
}

/** @spec RFC 9112 §3.2 — one Host, or nobody can say who was meant: Node would take the first, a proxy perhaps the last. */
function hostOf({ raw: { rawHeaders } }: FastifyRequest): string {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && isHost(rawHeaders[index - 1]!));
  if (hosts.length !== 1) throw new ProblemError('invalid-input', 'A request names exactly one host.');
  return hosts[0]!;
}

function isHost(name: string): boolean {
  return name.length === 4 && name.toLowerCase() === 'host';
}

export function addTenantHook(fastify: FastifyInstance, resolver: TenantResolver): void {
  fastify.addHook('onRequest', async (request) => {
    const slug = slugs.get(request.raw);
    if (isInstanceRoute(request)) {
      if (slug !== undefined) throw new ProblemError('not-found', 'This is not a place of a tenant.');
      return;
    }
    const tenant = await resolver.resolve(hostOf(request), slug);
    if (!tenant) throw new ProblemError('not-found', 'No tenant is served at this address.');
    request.tenant = tenant;
  });
}
