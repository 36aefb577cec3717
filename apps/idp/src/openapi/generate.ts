/** Prints the OpenAPI document: `tools/openapi.mjs` calls it. No database, no port: Nest only reads what is declared. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module';
import { readEnvironment } from '../config/env';
import { TlsListener } from '../tls/tls-listener';
import { createDocument } from './document';

export async function generateDocument(): Promise<object> {
  const environment = readEnvironment({ NODE_ENV: 'test', MASTER_KEY: Buffer.alloc(32).toString('base64') });
  const module = AppModule.forRoot(environment, { logger: false }, new TlsListener(environment.tls));
  const application = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: false });
  return createDocument(application);
}
