import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId, REQUEST_LIMITS } from '@tokenidp/kernel';
import { TenantResolver } from '@tokenidp/tenancy';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module';
import type { Environment } from './config/env';
import type { Overrides } from './configuration.module';
import { addSecurityHeaders } from './hooks/security-headers.hook';
import { addTenantHook, rewriteTenantUrl } from './hooks/tenant.hook';
import { PinoLogger } from './logger';
import { servePortal } from './portal';

function createAdapter(environment: Environment): FastifyAdapter {
  return new FastifyAdapter({
    rewriteUrl: rewriteTenantUrl,
    genReqId: () => newId(),
    bodyLimit: REQUEST_LIMITS.bodyBytes,
    // An empty list means: no proxy is trusted, whatever the headers say (S-012).
    trustProxy: environment.trustedProxies.length > 0 ? [...environment.trustedProxies] : false,
    requestTimeout: REQUEST_LIMITS.requestMilliseconds,
    http: { maxHeaderSize: REQUEST_LIMITS.headerBytes, headersTimeout: REQUEST_LIMITS.requestMilliseconds },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    skipMiddie: true,
    logger: false,
  });
}

/** Forms stay text: `Parameters` of libs/oauth reads them strictly, duplicates included. */
function addParsers(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
}

/** The whole server, initialised and not yet listening: what main.ts starts and what the tests drive. */
export async function createIdp(environment: Environment, overrides: Overrides = {}): Promise<NestFastifyApplication> {
  const application = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment, overrides),
    createAdapter(environment),
    { logger: overrides.logger ?? new PinoLogger(environment.logLevel), bodyParser: false, abortOnError: false },
  );
  const fastify = application.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  addParsers(fastify);
  addSecurityHeaders(fastify, environment.publicUrl.protocol === 'https:');
  addTenantHook(fastify, application.get(TenantResolver));
  servePortal(fastify);
  await application.init();
  return application;
}
