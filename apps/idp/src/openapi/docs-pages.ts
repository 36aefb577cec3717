import { dirname } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { SWAGGER_CLIENT_ID } from '@tokenidp/clients';
import { sha256 } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { configSchema } from '../config-as-code/schema';
import { createDocument, documentOf } from './document';

/** Swagger UI writes styles into its elements; scripts are files of ours and nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const FOLDER = dirname(require.resolve('swagger-ui-dist/package.json'));
const FILES = [
  'favicon-32x32.png',
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'oauth2-redirect.html',
  'oauth2-redirect.js',
];

/** Relative to `<issuer>/docs`, so that it is the same for every tenant. */
const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TokenIDP administration API</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

/** The page's own address tells the issuer; the built-in client needs nothing to be typed. */
const START = `const issuer = location.origin + location.pathname.replace(/\\/docs$/, '');
const ui = SwaggerUIBundle({
  url: issuer + '/docs/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'none',
  filter: true,
  oauth2RedirectUrl: issuer + '/docs/oauth2-redirect.html',
  validatorUrl: null,
});
ui.initOAuth({
  clientId: '${SWAGGER_CLIENT_ID}',
  scopes: 'openid admin',
  usePkceWithAuthorizationCodeGrant: true,
  additionalQueryStringParams: { resource: issuer + '/admin/api' },
});
`;

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.headers({ 'content-security-policy': POLICY, 'cross-origin-opener-policy': 'same-origin' });
}

/** Swagger UI at `<issuer>/docs`, and the document at `<issuer>/docs/openapi.json`. */
export function serveDocs(application: NestFastifyApplication, fastify: FastifyInstance): void {
  let made: OpenAPIObject | undefined;
  fastify.get('/docs/', (request, reply) => reply.redirect(`${tenantOf(request).issuer}/docs`, 303));
  fastify.get('/docs', (_request, reply) =>
    sendPage(reply).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(PAGE),
  );
  fastify.get('/docs/start.js', (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(START),
  );
  for (const file of FILES) {
    fastify.get(`/docs/${file}`, (_request, reply) => sendPage(reply).sendFile(file, FOLDER, { maxAge: '1h' }));
  }
  fastify.get('/docs/config.schema.json', (_request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('application/schema+json')
      .send(configSchema((made ??= createDocument(application)))),
  );
  fastify.get('/docs/openapi.json', (request, reply) => {
    // Made when somebody asks for it: most instances never are.
    made ??= createDocument(application);
    const text = JSON.stringify(documentOf(made, tenantOf(request).issuer));
    const etag = `"${sha256(text).slice(0, 27)}"`;
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(text);
  });
}
