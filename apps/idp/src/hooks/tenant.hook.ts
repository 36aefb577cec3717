/** @spec RFC 8414 §3.3 — the host and the path name the tenant, nothing else does; unknown means 404 before a handler. */
import { ProblemError } from '@tokenidp/kernel';
import { isClientEndpoint } from '@tokenidp/oauth';
import { splitTenantPath, type Tenant, type TenantResolver } from '@tokenidp/tenancy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

// The raw request is the only object that exists both when the URL is rewritten and when the hook runs. A member of it
// is cheaper than a weak map, which the collector has to look through.
const slug = Symbol('slug');
type Addressed = IncomingMessage & { [slug]?: string };

/** Fastify's `rewriteUrl`: routes are written once, without the tenant's path. */
export function rewriteTenantUrl(request: IncomingMessage): string {
  const { slug: named, url } = splitTenantPath(request.url ?? '/');
  if (named !== undefined) (request as Addressed)[slug] = named;
  // `OPTIONS *` names no path: the router would answer it before any hook.
  return url.startsWith('/') || /^https?:/i.test(url) ? url : `/${url}`;
}

/** Routes of the instance itself (health) have no tenant; a path tenant does not have them. */
function isInstanceRoute(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { instance?: boolean } | undefined)?.instance === true;
}

/** @spec RFC 9112 §3.2 — one Host, or nobody can say who was meant: Node would take the first, a proxy perhaps the last. */
function hostOf({ raw: { rawHeaders } }: FastifyRequest): string | undefined {
  let host: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (!isHost(rawHeaders[at]!)) continue;
    if (host !== undefined) return undefined;
    host = rawHeaders[at + 1];
  }
  return host;
}

function isHost(name: string): boolean {
  return name.length === 4 && name.toLowerCase() === 'host';
}

/** @spec RFC 8705 §5 — where clients go with their certificates there are their endpoints and nothing else, least of all pages. */
function isHere(request: FastifyRequest, host: string, resolver: TenantResolver): boolean {
  return !resolver.isForMtls(host) || isClientEndpoint(request.routeOptions.url);
}

export function addTenantHook(fastify: FastifyInstance, resolver: TenantResolver): void {
  // With a callback: a tenant that is in memory costs no promise.
  fastify.addHook('onRequest', (request, _reply, done) => {
    const named = (request.raw as Addressed)[slug];
    if (isInstanceRoute(request)) {
      return done(named === undefined ? undefined : new ProblemError('not-found', 'This is not a place of a tenant.'));
    }
    const host = hostOf(request);
    if (host === undefined) return done(new ProblemError('invalid-input', 'A request names exactly one host.'));
    const serve = (tenant: Tenant | null) => {
      const isServed = tenant !== null && isHere(request, host, resolver);
      if (isServed) request.tenant = tenant;
      done(isServed ? undefined : new ProblemError('not-found', 'No tenant is served at this address.'));
    };
    const known = resolver.peek(host, named);
    if (known) serve(known);
    else resolver.resolve(host, named).then(serve, done);
  });
}
