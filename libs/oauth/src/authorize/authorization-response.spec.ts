import { OAuthError } from '@tokenidp/kernel';
import { CALLBACK, CHALLENGE, clientLike, requestLike, tenant } from '../../test/samples';
import { codeResponse, errorOutcome, errorResponse } from './authorization-response';

const error = new OAuthError('invalid_scope', 'the scope "x\\" is\nnot – assigned');
const request = requestLike(`state=abc&nonce=n1&code_challenge=${CHALLENGE}`, {
  state: 'abc',
  nonce: 'n1',
  codeChallenge: CHALLENGE,
});
const parametersOf = (location: string) => Object.fromEntries(new URL(location).searchParams);

describe('the authorization response', () => {
  it('S-027 S-042 RFC 9207 §2 holds code, state and iss, and nothing else of the request', () => {
    const response = codeResponse(tenant, request, 'tac_x');
    expect(response.mode).toBe('redirect');
    expect(parametersOf((response as { location: string }).location)).toEqual({
      code: 'tac_x',
      state: 'abc',
      iss: tenant.issuer,
    });
  });

  it('S-027 RFC 6749 §4.1.2.1 an error has iss and state too, and a description that headers and clients can take', () => {
    const response = errorResponse(tenant, request, error);
    expect(parametersOf((response as { location: string }).location)).toEqual({
      error: 'invalid_scope',
      error_description: 'the scope x isnot  assigned',
      state: 'abc',
      iss: tenant.issuer,
    });
  });

  it('RFC 6749 §4.1.2 has no state where none was sent', () => {
    const response = codeResponse(tenant, requestLike(), 'tac_x') as { location: string };
    expect(Object.keys(parametersOf(response.location))).toEqual(['code', 'iss']);
  });

  it('OAuth 2.0 Form Post Response Mode §2 takes errors too, with none in the address', () => {
    const response = errorResponse(tenant, requestLike('', { responseMode: 'form_post', state: '"><script>' }), error);
    expect(response).toMatchObject({
      mode: 'form',
      action: CALLBACK,
      fields: { state: '"><script>', iss: tenant.issuer },
    });
  });
});

describe('S-026 OAuth 2.1 §7.13.2, RFC 9700 §4.11.2 an error of a client', () => {
  it.each(['admin', 'built-in'] as const)('of origin %s goes back by itself', (origin) => {
    const outcome = errorOutcome(tenant, requestLike('', { client: clientLike({ origin }) }), error, false);
    expect(outcome.kind).toBe('respond');
  });

  it.each(['registered', 'metadata'] as const)('of origin %s is shown, and the way on is a link', (origin) => {
    const client = clientLike({ origin });
    const outcome = errorOutcome(tenant, requestLike('', { client }), error, false);
    expect(outcome).toMatchObject({ kind: 'error-page', error, client });
    expect((outcome as { continueTo: string }).continueTo).toMatch(
      /^https:\/\/app\.example\/callback\?error=invalid_scope&/,
    );
  });

  it('that registered itself goes back once the user has had a hand in it', () => {
    const outcome = errorOutcome(
      tenant,
      requestLike('', { client: clientLike({ origin: 'registered' }) }),
      error,
      true,
    );
    expect(outcome.kind).toBe('respond');
  });

  it('has no link where a form would be needed', () => {
    const registered = requestLike('', { client: clientLike({ origin: 'registered' }), responseMode: 'form_post' });
    expect(errorOutcome(tenant, registered, error, false)).toMatchObject({ kind: 'error-page', continueTo: undefined });
  });
});
