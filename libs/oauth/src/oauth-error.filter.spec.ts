import { type ArgumentsHost, BadGatewayException, ForbiddenException, Logger } from '@nestjs/common';
import { BearerError, OAuthError, ProblemError, UnavailableError } from '@tokenidp/kernel';
import { httpRequestLike, tenant } from '../test/samples';
import { OAuthErrorFilter } from './oauth-error.filter';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

function answerTo(error: unknown): Answer {
  const answer: Answer = { status: 200, headers: {} };
  const put = (name: string, value: string) => (answer.headers[name.toLowerCase()] = value);
  const reply = {
    headers: (headers: Record<string, string>) => {
      for (const [name, value] of Object.entries(headers)) put(name, value);
      return reply;
    },
    header: (name: string, value: string) => (put(name, value), reply),
    type: (type: string) => (put('content-type', type), reply),
    code: (status: number) => ((answer.status = status), reply),
    send: (body?: string) => ((answer.body = body), reply),
  };
  const http = { getRequest: () => httpRequestLike(), getResponse: () => reply };
  new OAuthErrorFilter().catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return answer;
}

let warned: jest.SpyInstance;
let failed: jest.SpyInstance;
beforeEach(() => {
  warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  failed = jest.spyOn(Logger.prototype, 'error').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

const bodyOf = ({ body }: Answer) => JSON.parse(body ?? '{}') as Record<string, string>;

describe('RFC 6749 §5.2 errors of protocol endpoints', () => {
  it('have a body of two members and are never stored', () => {
    const answer = answerTo(new OAuthError('invalid_grant', 'the code is not valid'));
    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toEqual({ error: 'invalid_grant', error_description: 'the code is not valid' });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  it('ask a client for its credentials', () => {
    const { status, headers } = answerTo(new OAuthError('invalid_client', 'no'));
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe(`Basic realm="${tenant.issuer}", charset="UTF-8"`);
  });

  it('carry the headers and the status they come with', () => {
    const error = new OAuthError('invalid_request', 'no', { status: 405, headers: { Allow: 'POST' } });
    expect(answerTo(error)).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  it('keep their detail for the log', () => {
    const answer = answerTo(new OAuthError('invalid_grant', 'public', { detail: 'private' }));
    expect(answer.body).not.toContain('private');
    expect(warned).toHaveBeenCalledWith('request: private');
  });

  it('S-080 say that the service is away, and when to come again', () => {
    const answer = answerTo(new UnavailableError(3, 'ECONNREFUSED 10.0.0.5:5432'));
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '3' } });
    expect(bodyOf(answer).error).toBe('temporarily_unavailable');
    expect(answer.body).not.toContain('10.0.0.5');
  });

  it.each([
    [400, 'the request is malformed'],
    [413, 'the request is too large'],
    [415, 'the content type is not supported'],
  ])('speak the same dialect for what the framework refuses with %d', (statusCode, description) => {
    const answer = answerTo(Object.assign(new Error('FST_ERR of /srv/app'), { statusCode }));
    expect(answer.status).toBe(statusCode);
    expect(bodyOf(answer)).toEqual({ error: 'invalid_request', error_description: description });
  });

  it('speak the same dialect for what the application refuses before, and tell no word of its own', () => {
    const problem = new ProblemError('too-many-requests', 'from 10.0.0.5', [], { 'retry-after': '9' });
    const answer = answerTo(problem);
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '9' } });
    expect(bodyOf(answer).error).toBe('invalid_request');
    expect(answer.body).not.toContain('10.0.0.5');
    expect(answerTo(new ForbiddenException('SELECT'))).toMatchObject({ status: 403 });
    expect(answerTo(new ForbiddenException('SELECT')).body).not.toContain('SELECT');
  });

  it.each([
    new Error('SELECT * FROM secret at db.internal'),
    new TypeError('undefined is not a function'),
    new BadGatewayException('SELECT'),
    Object.assign(new Error('SELECT'), { statusCode: 502 }),
    'SELECT',
    undefined,
  ])('S-013 tell nothing from inside: %p', (error) => {
    const answer = answerTo(error);
    expect(answer.status).toBe(500);
    expect(bodyOf(answer)).toEqual({ error: 'server_error', error_description: 'something went wrong on our side' });
    expect(failed).toHaveBeenCalledTimes(1);
  });
});

describe('RFC 6750 §3 errors of a bearer resource', () => {
  it('are a challenge with what is wrong', () => {
    const answer = answerTo(new BearerError('insufficient_scope', 'no', { scope: 'openid', detail: 'private' }));
    expect(answer.status).toBe(403);
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer realm="${tenant.issuer}", error="insufficient_scope", error_description="no", scope="openid", DPoP algs="ES256 PS256 Ed25519 EdDSA"`,
    );
    expect(bodyOf(answer)).toEqual({ error: 'insufficient_scope', error_description: 'no' });
    expect(warned).toHaveBeenCalledWith('request: private');
  });

  it('RFC 9449 §7.1 are told in the scheme that was used', () => {
    const answer = answerTo(new BearerError('invalid_dpop_proof', 'no', { scheme: 'DPoP' }));
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(
      `DPoP realm="${tenant.issuer}", error="invalid_dpop_proof", error_description="no", algs="ES256 PS256 Ed25519 EdDSA"`,
    );
  });

  it('are a bare challenge when nothing was presented', () => {
    const answer = answerTo(new BearerError(undefined, 'a token is needed'));
    expect(answer).toMatchObject({ status: 401, body: undefined });
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer realm="${tenant.issuer}", DPoP algs="ES256 PS256 Ed25519 EdDSA"`,
    );
  });
});
