/**
 * @spec OAuth 2.1 §3.2, RFC 6749 §3.2 — what every protocol endpoint refuses before its controller sees it:
 * other methods (405) and other content types (415), each in the OAuth dialect (S-015, S-050).
 */
import { OAuthError, UnavailableError } from '@tokenidp/kernel';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type CacheableDocument, sendCacheable } from './cacheable-reply';
import type { CorsHook } from './cors';
import {
  AUTHORIZATION_PATH,
  AUTHORIZATION_SERVER_PATH,
  BACKCHANNEL_AUTHENTICATION_PATH,
  BACKCHANNEL_TEST_APPROVAL_PATH,
  CHECK_SESSION_PATH,
  CLIENT_CONFIGURATION_PATH,
  DEVICE_AUTHORIZATION_PATH,
  END_SESSION_PATH,
  INTROSPECTION_PATH,
  JWKS_PATH,
  OPENID_CONFIGURATION_PATH,
  PAR_PATH,
  REGISTRATION_PATH,
  REVOCATION_PATH,
  TOKEN_PATH,
  USERINFO_PATH,
} from './paths';

interface Surface {
  readonly methods: readonly string[];
  /** S-004: pages never are */
  readonly cors: boolean;
  readonly dialect: 'json' | 'page';
  /** what is sent there: a form, unless told */
  readonly content?: 'json';
}

const READ: Surface = { methods: ['GET', 'HEAD'], cors: true, dialect: 'json' };
const FORM: Surface = { methods: ['POST'], cors: true, dialect: 'json' };
const PAGE: Surface = { methods: ['GET', 'POST'], cors: false, dialect: 'page' };

/** Which methods an endpoint has; all others are answered with 405. */
export const PROTOCOL_SURFACE: Readonly<Record<string, Surface>> = {
  [BACKCHANNEL_AUTHENTICATION_PATH]: { ...FORM, cors: false },
  [BACKCHANNEL_TEST_APPROVAL_PATH]: { ...FORM, cors: false },
  [DEVICE_AUTHORIZATION_PATH]: FORM,
  [TOKEN_PATH]: FORM,
  [PAR_PATH]: FORM,
  [REVOCATION_PATH]: FORM,
  [INTROSPECTION_PATH]: { ...FORM, cors: false },
  [USERINFO_PATH]: { methods: ['GET', 'POST'], cors: true, dialect: 'json' },
  [JWKS_PATH]: READ,
  [OPENID_CONFIGURATION_PATH]: READ,
  [AUTHORIZATION_SERVER_PATH]: READ,
  [REGISTRATION_PATH]: { methods: ['POST'], cors: false, dialect: 'json', content: 'json' },
  [CLIENT_CONFIGURATION_PATH]: { methods: ['GET', 'PUT', 'DELETE'], cors: false, dialect: 'json', content: 'json' },
  [AUTHORIZATION_PATH]: PAGE,
  [END_SESSION_PATH]: PAGE,
  [CHECK_SESSION_PATH]: { ...PAGE, methods: ['GET'] },
};

const ALL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const CONTENT_TYPES = {
  form: { type: /^application\/x-www-form-urlencoded *(?:;|$)/i, methods: ['POST'] },
  json: { type: /^application\/json *(?:;|$)/i, methods: ['POST', 'PUT'] },
} as const;

/** True for the endpoints that clients call themselves, without a browser, as routes name them. */
export function isClientEndpoint(route: string | undefined): boolean {
  const surface = route !== undefined && Object.hasOwn(PROTOCOL_SURFACE, route) ? PROTOCOL_SURFACE[route] : undefined;
  return surface?.dialect === 'json' && surface !== READ;
}

/** Tells of an error in one dialect. */
export type ErrorAnswer = (request: FastifyRequest, reply: FastifyReply, error: unknown) => void;

export interface SurfaceHandlers {
  readonly answer: Readonly<Record<Surface['dialect'], ErrorAnswer>>;
  readonly cors: CorsHook;
  /** what the path serves to anybody, if that is in memory */
  readonly document: (path: string, tenant: Tenant) => CacheableDocument | undefined;
}

/** Call it before the controllers' routes are added. */
export function registerProtocolSurface(fastify: FastifyInstance, handlers: SurfaceHandlers): void {
  fastify.addHook('onRoute', (route) => {
    const surface = Object.hasOwn(PROTOCOL_SURFACE, route.url) ? PROTOCOL_SURFACE[route.url] : undefined;
    if (surface) guardRoute(route, surface, handlers);
  });
  for (const [url, surface] of Object.entries(PROTOCOL_SURFACE)) refuseOtherMethods(fastify, url, surface, handlers);
}

function guardRoute(route: RouteOptions, surface: Surface, { answer, cors, document }: SurfaceHandlers): void {
  const isRead = route.method === 'GET';
  // RFC 9110 §9.3.2: what may be read may be asked for without its content.
  if (surface.methods.includes('HEAD') && isRead) route.method = ['GET', 'HEAD'];
  route.errorHandler = (error, request, reply) => {
    // Where no tenant is served there is no protocol either: the application answers. Who cannot be looked up may be one.
    if (!request.tenant && !(error instanceof UnavailableError)) throw error;
    answer[surface.dialect](request, reply, error);
  };
  const hooks = [route.onRequest ?? []].flat();
  if (surface.cors) hooks.push(cors);
  if (surface === READ && isRead) hooks.push(answerFromMemory((tenant) => document(route.url, tenant)));
  hooks.push(refuseOtherContent(surface.content ?? 'form'));
  route.onRequest = hooks;
}

/** A document that is the same for everybody needs no more of the way to its controller. */
function answerFromMemory(peek: (tenant: Tenant) => CacheableDocument | undefined): CorsHook {
  return (request, reply, done) => {
    const document = peek(tenantOf(request));
    if (document) sendCacheable(request, reply, document);
    else done();
  };
}

/** Synchronous: a hook with a callback costs no promise. */
function refuseOtherContent(content: keyof typeof CONTENT_TYPES): CorsHook {
  const { type: expected, methods } = CONTENT_TYPES[content];
  return (request, _reply, done) => {
    if (!methods.some((method) => method === request.method)) return done();
    const type = request.headers['content-type'];
    const acceptable = type === undefined ? isEmpty(request) : expected.test(type);
    const named = content === 'form' ? 'a form' : 'JSON';
    done(acceptable ? undefined : new OAuthError('invalid_request', `the content must be ${named}`, { status: 415 }));
  };
}

function isEmpty({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0';
}

function refuseOtherMethods(fastify: FastifyInstance, url: string, surface: Surface, handlers: SurfaceHandlers): void {
  const allow = surface.methods.join(', ');
  const refused = ALL_METHODS.filter((method) => !surface.methods.includes(method));
  fastify.route({
    method: surface.cors ? refused.filter((method) => method !== 'OPTIONS') : refused,
    url,
    handler: (request, reply) => {
      const error = new OAuthError('invalid_request', 'the method is not allowed here', {
        status: 405,
        headers: { allow },
      });
      handlers.answer[surface.dialect](request, reply, error);
      return reply;
    },
  });
  if (!surface.cors) return;
  // The hook has answered what there is to say to the origin; a preflight needs no more.
  fastify.options(url, (_request, reply) => reply.header('allow', `${allow}, OPTIONS`).code(204).send());
}
