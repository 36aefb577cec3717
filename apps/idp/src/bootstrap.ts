import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId, REQUEST_LIMITS } from '@tokenidp/kernel';
import { TenantResolver } from '@tokenidp/tenancy';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module';
import type { Environment } from './config/env';
import type { Overrides } from './configuration.module';
import { addAdminSurface } from './hooks/admin-surface.hook';
import { addHttpsOnly } from './hooks/https-only.hook';
import { addTargetRules } from './hooks/request-target.hook';
import { addSecurityHeaders } from './hooks/security-headers.hook';
import { addTenantHook, rewriteTenantUrl } from './hooks/tenant.hook';
import { unroutedErrors } from './hooks/unrouted-errors';
import { PinoLogger } from './logger';
import { serveDocs } from './openapi/docs-pages';
import { serveProblemPages } from './openapi/problem-pages';
import { servePortal } from './portal';
import { TlsListener } from './tls/tls-listener';

/** How often the times of `requestMilliseconds` are looked at; Node's own half minute would let a slow body have four times as long. */
const TIMEOUT_CHECK_MILLISECONDS = 1000;

function createAdapter(environment: Environment, tls: TlsListener): FastifyAdapter {
  return new FastifyAdapter({
    ...unroutedErrors(isHttps(environment)),
    rewriteUrl: rewriteTenantUrl,
    genReqId: () => newId(),
    bodyLimit: REQUEST_LIMITS.bodyBytes,
    // An empty list means: no proxy is trusted, whatever the headers say (S-012).
    trustProxy: environment.trustedProxies.length > 0 ? [...environment.trustedProxies] : false,
    requestTimeout: REQUEST_LIMITS.requestMilliseconds,
    http: {
      maxHeaderSize: REQUEST_LIMITS.headerBytes,
      headersTimeout: REQUEST_LIMITS.requestMilliseconds,
      connectionsCheckingInterval: TIMEOUT_CHECK_MILLISECONDS,
      // Without a Host there is no tenant: answered by us, with our headers.
      requireHostHeader: false,
    },
    ...(environment.tls.secure && { serverFactory: tls.serverFactory }),
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    skipMiddie: true,
    logger: false,
  });
}

function isHttps({ publicUrl }: Environment): boolean {
  return publicUrl.protocol === 'https:';
}

/** Bulk requests and configurations hold many objects; all else is small. */
const LARGE_BODY = { path: /^\/admin\/api\/v1(?:\/.*\/bulk|\/config(?:\/.*)?)$/, bytes: 4 * 1024 * 1024 };

/** Forms stay text: `Parameters` of libs/oauth reads them strictly, duplicates included. */
function addParsers(fastify: FastifyInstance): void {
  const json = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/merge-patch+json', { parseAs: 'string' }, json);
  fastify.addHook('onRoute', (route) => {
    if (LARGE_BODY.path.test(route.url)) route.bodyLimit = LARGE_BODY.bytes;
  });
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
}

/** The whole server, initialised and not yet listening: what main.ts starts and what the tests drive. */
export async function createIdp(environment: Environment, overrides: Overrides = {}): Promise<NestFastifyApplication> {
  const tls = new TlsListener(environment.tls);
  const application = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment, overrides, tls),
    createAdapter(environment, tls),
    { logger: overrides.logger ?? new PinoLogger(environment.logLevel), bodyParser: false, abortOnError: false },
  );
  const fastify = application.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  addParsers(fastify);
  addSecurityHeaders(fastify, isHttps(environment));
  addTenantHook(fastify, application.get(TenantResolver));
  addTargetRules(fastify);
  if (isHttps(environment) && environment.trustedProxies.length > 0) addHttpsOnly(fastify);
  addAdminSurface(fastify, environment.publicUrl.origin);
  servePortal(fastify);
  serveDocs(application, fastify);
  serveProblemPages(fastify);
  tls.watch(fastify);
  await application.init();
  return application;
}
