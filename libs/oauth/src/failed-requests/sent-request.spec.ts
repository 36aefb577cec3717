import type { FastifyRequest } from 'fastify';
import { sentRequest } from './sent-request';

const PLANTED = 'planted-value-7731';
const post = (form: Record<string, string>, headers: Record<string, string> = {}): FastifyRequest =>
  ({ method: 'POST', url: '/token', headers, body: new URLSearchParams(form).toString() }) as unknown as FastifyRequest;

const SECRETS =
  'code code_verifier client_secret client_assertion refresh_token subject_token actor_token token assertion device_code auth_req_id request request_uri id_token_hint login_hint state nonce password'.split(
    ' ',
  );

describe('sentRequest', () => {
  it.each(SECRETS)('S-182 RFC 9700 §4.2 keeps of %s that it was sent, and nothing else', (name) => {
    const kept = sentRequest(post({ [name]: PLANTED, grant_type: 'x' }));
    expect([kept.names, kept.values]).toEqual([[name, 'grant_type'], { grant_type: 'x' }]);
    expect(JSON.stringify(kept)).not.toContain(PLANTED);
  });

  it('S-182 keeps no secret that stands where none belongs', () => {
    const uri = `https://app.example/cb?code=${PLANTED}`;
    const kept = sentRequest(post({ redirect_uri: uri, [PLANTED.repeat(5)]: 'x', resource: uri }));
    expect(JSON.stringify(kept)).not.toContain(PLANTED);
  });

  it('tells how the client authenticated, and as whom', () => {
    const jwt = (alg: string) =>
      [{ alg }, { sub: 'asserting' }, {}]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
    const basic = `Basic ${Buffer.from(`a%3Ab:${PLANTED}`).toString('base64')}`;
    const of = (form: Record<string, string>, headers?: Record<string, string>) => {
      const { authMethod, clientId } = sentRequest(post(form, headers));
      return [authMethod, clientId];
    };
    expect(of({}, { authorization: basic })).toEqual(['client_secret_basic', 'a:b']);
    expect(of({ client_id: 'a', client_secret: PLANTED })).toEqual(['client_secret_post', 'a']);
    expect(of({ client_assertion: jwt('ES256') })).toEqual(['private_key_jwt', 'asserting']);
    expect(of({ client_assertion: jwt('HS256') })).toEqual(['client_secret_jwt', 'asserting']);
    expect(of({ client_id: 'a' })).toEqual(['none', 'a']);
    expect(of({}, { authorization: 'Basic %%%' })).toEqual(['client_secret_basic', undefined]);
    expect(of({ client_assertion: '..' })).toEqual(['private_key_jwt', undefined]);
  });

  it('survives what is no form', () => {
    for (const body of [undefined, null, 7, { a: 1 }, Buffer.from('x')]) {
      const request = { method: 'POST', url: '/token', headers: {}, body } as unknown as FastifyRequest;
      expect(sentRequest(request).names).toEqual([]);
    }
    const query = {
      method: 'GET',
      url: '/authorize?client_id=%ff&x=%00&scope=a',
      headers: {},
    } as unknown as FastifyRequest;
    expect(sentRequest(query).values).toEqual({ scope: 'a' });
  });
});
