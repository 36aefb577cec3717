/**
 * @spec RFC 9110 §15.5.6, §15.5.16, Fetch §3.2 — what the administration API refuses before a controller sees it: other
 * methods, other content types; and which pages of other origins may use it, never with credentials (S-005).
 */
import { ADMIN_API_PATH } from '@tokenidp/admin-api';
import { ProblemError } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, dpop, if-match, idempotency-key',
  'access-control-max-age': '600',
};
const EXPOSED = 'etag, www-authenticate, dpop-nonce, retry-after';

const JSON_TYPE = /^application\/json *(?:;|$)/i;
const CONTENT: Readonly<Record<string, RegExp>> = {
  POST: JSON_TYPE,
  PUT: JSON_TYPE,
  PATCH: /^application\/(?:merge-patch\+)?json *(?:;|$)/i,
};

/** The methods of each path, learned from the routes as they are added. */
class KnownPaths {
  private readonly methods = new Map<string, Set<string>>();
  private patterns: { readonly pattern: RegExp; readonly methods: ReadonlySet<string> }[] | undefined;

  add(url: string, method: string | string[]): void {
    const known = this.methods.get(url) ?? new Set();
    for (const each of [method].flat()) known.add(each);
    this.methods.set(url, known);
    this.patterns = undefined;
  }

  /** None for a path that is nobody's. */
  methodsOf(path: string): string[] {
    this.patterns ??= [...this.methods].map(([url, methods]) => ({ pattern: patternOf(url), methods }));
    const fit = this.patterns.filter(({ pattern }) => pattern.test(path));
    return [...new Set(fit.flatMap(({ methods }) => [...methods]))].sort();
  }
}

/** `/users/:id` → one segment of any kind in the place of `:id`. */
function patternOf(url: string): RegExp {
  const segments = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')));
  return new RegExp(`^${segments.join('/')}$`);
}

/** Add it after the tenant is known and before the controllers' routes. */
export function addAdminSurface(fastify: FastifyInstance, portalOrigin: string): void {
  const paths = new KnownPaths();
  fastify.addHook('onRoute', ({ url, method }) => {
    if (isOfApi(url)) paths.add(url, method);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isOfApi(request.url)) return done();
    allowOrigin(request, reply, portalOrigin);
    if (!request.is404) return done(contentProblem(request));
    const methods = paths.methodsOf(request.url.split('?', 1)[0]!);
    if (methods.length === 0) return done();
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') return void reply.code(204).header('allow', allow).send();
    done(new ProblemError('method-not-allowed', 'The method is not allowed here.', [], { allow }));
  });
}

function isOfApi(url: string): boolean {
  return url.startsWith(`${ADMIN_API_PATH}/`);
}

/** The portal may be another tenant's: operators use the one of the deployment for all of them. */
function allowOrigin(request: FastifyRequest, reply: FastifyReply, portalOrigin: string): void {
  reply.header('vary', 'origin');
  const { origin } = request.headers;
  if (origin === undefined) return;
  const { issuer, settings } = tenantOf(request);
  const isAllowed = [new URL(issuer).origin, portalOrigin, ...settings.adminApiOrigins].includes(origin);
  if (!isAllowed) return;
  reply.header('access-control-allow-origin', origin);
  if (request.method === 'OPTIONS') reply.headers(PREFLIGHT);
  else reply.header('access-control-expose-headers', EXPOSED);
}

function contentProblem(request: FastifyRequest): ProblemError | undefined {
  const expected = CONTENT[request.method];
  if (!expected) return undefined;
  const type = request.headers['content-type'];
  const isFit = type === undefined ? isEmpty(request) : expected.test(type);
  if (isFit) return undefined;
  const headers: Record<string, string> =
    request.method === 'PATCH' ? { 'accept-patch': 'application/merge-patch+json, application/json' } : {};
  return new ProblemError('unsupported-media-type', 'What is sent here is JSON.', [], headers);
}

function isEmpty({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0';
}
