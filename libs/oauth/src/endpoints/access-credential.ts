/**
 * @spec RFC 6750 §2.1, §2.2, §3.1, OAuth 2.1 §5.1, RFC 9449 §7.1 — the token in the header or, as a bearer token, in a
 * form body, never in the query (S-101); the scheme's case does not matter.
 */
import { BearerError, type TokenScheme } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';
import { type FormSource, Parameters } from './form-parameters';
import { isForm } from './request-source';

/** An access token as a request presents it. */
export interface AccessCredential {
  readonly scheme: TokenScheme;
  readonly token: string;
}

const SCHEME = /^(bearer|dpop)(?: |$)/i;
const TOKEN = /^\w+ +([A-Za-z0-9._~+/-]+=*) *$/;

/** Throws a bare challenge when there is no token, `invalid_request` when there is one too many. */
export function accessCredential(request: FastifyRequest): AccessCredential {
  const inHeader = headerCredential(request.headers.authorization);
  const inBody = request.method === 'POST' && isForm(request) ? fromBody(request.body) : undefined;
  if (inHeader && inBody) {
    throw new BearerError('invalid_request', 'the access token was sent more than once', { scheme: inHeader.scheme });
  }
  const credential = inHeader ?? inBody;
  if (!credential) throw new BearerError(undefined, 'an access token is needed');
  return credential;
}

/** Another scheme is no credential for a resource at all; a malformed one is a token that is not valid. */
export function headerCredential(authorization: string | undefined): AccessCredential | undefined {
  const [, name] = SCHEME.exec(authorization ?? '') ?? [];
  if (authorization === undefined || name === undefined) return undefined;
  const scheme = name.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer';
  const [, token] = TOKEN.exec(authorization) ?? [];
  if (token === undefined) throw new BearerError('invalid_token', 'the access token is malformed', { scheme });
  return { scheme, token };
}

function fromBody(body: unknown): AccessCredential | undefined {
  const { parameters, fault } = Parameters.read(body as FormSource);
  if (fault) throw new BearerError('invalid_request', fault.description);
  const token = parameters.get('access_token');
  return token === undefined ? undefined : { scheme: 'Bearer', token };
}
