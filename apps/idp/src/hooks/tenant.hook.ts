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
  return url;
}

/** Routes of the instance itself (health) have no tenant; a path tenant does not have them. */
function isInstanceRoute(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { instance?: boolean } | undefined)?.instance === true;
}

export function addTenantHook(fastify: FastifyInstance, resolver: TenantResolver): void {
  fastify.addHook('onRequest', async (request) => {
    const slug = slugs.get(request.raw);
    if (isInstanceRoute(request)) {
      if (slug !== undefined) throw new ProblemError('not-found', 'This is not a place of a tenant.');
      return;
    }
    const tenant = await resolver.resolve(request.headers.host ?? '', slug);
    if (!tenant) throw new ProblemError('not-found', 'No tenant is served at this address.');
    request.tenant = tenant;
  });
}
