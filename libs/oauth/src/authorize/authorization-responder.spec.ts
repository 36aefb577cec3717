import { OAuthError } from '@tokenidp/kernel';
import type { FastifyReply } from 'fastify';
import { clientLike, httpRequestLike } from '../../test/samples';
import { AuthorizationResponder } from './authorization-responder';
import type { AuthorizationOutcome, PagePort } from './interaction';

/** A reply that remembers, and pages that show what they were given. */
function send(outcome: AuthorizationOutcome) {
  const sent = { status: 200, headers: {} as Record<string, string>, body: undefined as string | undefined };
  const request = httpRequestLike();
  const reply = {
    request,
    headers: (headers: Record<string, string>) => (Object.assign(sent.headers, headers), reply),
    header: (name: string, value: string) => ((sent.headers[name] = value), reply),
    code: (status: number) => ((sent.status = status), reply),
    send: (body?: string) => ((sent.body = body), reply),
  };
  const render = (status: number, page: object) => ({
    status,
    headers: { 'content-type': 'text/html' },
    body: JSON.stringify(page),
  });
  const pages = {
    error: (_tenant: unknown, _request: unknown, page: { error: OAuthError; continueTo?: string }) =>
      render(page.error.status, { error: page.error.error, continueTo: page.continueTo }),
    formPost: (_tenant: unknown, _request: unknown, page: object) => render(200, page),
  } as unknown as PagePort;
  new AuthorizationResponder(pages).send(request, reply as unknown as FastifyReply, outcome);
  return sent;
}

const location = 'https://app.example/callback?code=tac_x';

describe('how an outcome is sent', () => {
  it.each([
    ['a response by query', { kind: 'respond', response: { mode: 'redirect', location } }, location],
    [
      'an interaction',
      { kind: 'interaction', url: 'https://id.example/interaction/1' },
      'https://id.example/interaction/1',
    ],
  ] as [string, AuthorizationOutcome, string][])(
    'S-011 OAuth 2.1 §7.5.3, RFC 9700 §4.12 %s: 303, so that no form is sent on',
    (_, outcome, expected) => {
      expect(send(outcome)).toMatchObject({ status: 303, headers: { location: expected }, body: undefined });
    },
  );

  it('OAuth 2.0 Form Post Response Mode §2 a response by form is a page', () => {
    const fields = { code: 'tac_x', state: '"><script>' };
    const client = clientLike();
    const sent = send({
      kind: 'respond',
      response: { mode: 'form', action: 'https://app.example/callback', fields, client },
    });
    expect(sent.status).toBe(200);
    expect(sent.headers.location).toBeUndefined();
    expect(JSON.parse(sent.body!)).toMatchObject({ action: 'https://app.example/callback', fields });
  });

  it('S-022 RFC 6749 §4.1.2.1 an error that nobody may be redirected for is a page', () => {
    const headers = { 'retry-after': '5' };
    const error = new OAuthError('temporarily_unavailable', 'away', { headers });
    const sent = send({ kind: 'error-page', error, continueTo: location });
    expect(sent.status).toBe(503);
    expect(sent.headers).toMatchObject({ 'retry-after': '5', 'content-type': 'text/html' });
    expect(sent.headers.location).toBeUndefined();
    expect(JSON.parse(sent.body!)).toEqual({ error: 'temporarily_unavailable', continueTo: location });
  });

  it.each([
    { kind: 'respond', response: { mode: 'redirect', location } },
    { kind: 'interaction', url: location },
    { kind: 'error-page', error: new OAuthError('invalid_request', 'x') },
  ] as AuthorizationOutcome[])('S-006 RFC 6749 §4.1.2 is never stored: $kind', (outcome) => {
    expect(send(outcome).headers['cache-control']).toBe('no-store');
  });
});
