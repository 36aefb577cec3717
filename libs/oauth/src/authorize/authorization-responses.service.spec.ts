import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { KeyAlgorithm } from '@tokenidp/tenancy';
import {
  CALLBACK,
  CHALLENGE,
  clientLike,
  FixedClock,
  NOW,
  requestLike,
  responsesLike,
  tenant,
} from '../../test/samples';
import { AuthorizationResponses } from './authorization-responses.service';

const responses = responsesLike();
const error = new OAuthError('invalid_scope', 'the scope "x\\" is\nnot – assigned');
const request = requestLike(`state=abc&nonce=n1&code_challenge=${CHALLENGE}`, {
  state: 'abc',
  nonce: 'n1',
  codeChallenge: CHALLENGE,
});
const parametersOf = (location: string) => Object.fromEntries(new URL(location).searchParams);

describe('the authorization response', () => {
  it('S-027 S-042 RFC 9207 §2 holds code, state and iss, and nothing else of the request', async () => {
    const response = await responses.code(tenant, request, 'tac_x');
    expect(response.mode).toBe('redirect');
    expect(parametersOf((response as { location: string }).location)).toEqual({
      code: 'tac_x',
      state: 'abc',
      iss: tenant.issuer,
    });
  });

  it('S-027 RFC 6749 §4.1.2.1 an error has iss and state too, and a description that headers and clients can take', async () => {
    const response = await responses.error(tenant, request, error);
    expect(parametersOf((response as { location: string }).location)).toEqual({
      error: 'invalid_scope',
      error_description: 'the scope x isnot  assigned',
      state: 'abc',
      iss: tenant.issuer,
    });
  });

  it('RFC 6749 §4.1.2 has no state where none was sent', async () => {
    const response = (await responses.code(tenant, requestLike(), 'tac_x')) as { location: string };
    expect(Object.keys(parametersOf(response.location))).toEqual(['code', 'iss']);
  });

  it('OAuth 2.0 Form Post Response Mode §2 takes errors too, with none in the address', async () => {
    const response = await responses.error(
      tenant,
      requestLike('', { responseMode: 'form_post', state: '"><script>' }),
      error,
    );
    expect(response).toMatchObject({
      mode: 'form',
      action: CALLBACK,
      fields: { state: '"><script>', iss: tenant.issuer },
    });
  });
});

describe('S-026 OAuth 2.1 §7.13.2, RFC 9700 §4.11.2 an error of a client', () => {
  it.each(['admin', 'built-in'] as const)('of origin %s goes back by itself', async (origin) => {
    const outcome = await responses.refusal(tenant, requestLike('', { client: clientLike({ origin }) }), error, false);
    expect(outcome.kind).toBe('respond');
  });

  it.each(['registered', 'metadata'] as const)('of origin %s is shown, and the way on is a link', async (origin) => {
    const client = clientLike({ origin });
    const outcome = await responses.refusal(tenant, requestLike('', { client }), error, false);
    expect(outcome).toMatchObject({ kind: 'error-page', error, client });
    expect((outcome as { continueTo: string }).continueTo).toMatch(
      /^https:\/\/app\.example\/callback\?error=invalid_scope&/,
    );
  });

  it('that registered itself goes back once the user has had a hand in it', async () => {
    const outcome = await responses.refusal(
      tenant,
      requestLike('', { client: clientLike({ origin: 'registered' }) }),
      error,
      true,
    );
    expect(outcome.kind).toBe('respond');
  });

  it('has no link where a form would be needed', async () => {
    const registered = requestLike('', { client: clientLike({ origin: 'registered' }), responseMode: 'form_post' });
    expect(await responses.refusal(tenant, registered, error, false)).toMatchObject({
      kind: 'error-page',
      continueTo: undefined,
    });
  });
});

describe('JARM §2.1 a signed answer', () => {
  const clock = new FixedClock();
  const signed = responsesLike(clock);
  const exp = NOW.getTime() / 1000 + 300;
  const claimsOf = (response: unknown): unknown => {
    const { location, fields } = response as { location?: string; fields?: Record<string, string> };
    const sent = fields ?? parametersOf(location!);
    expect(Object.keys(sent)).toEqual(['response']);
    return JSON.parse(sent.response!);
  };

  it.each([
    ['jwt', 'redirect'],
    ['query.jwt', 'redirect'],
    ['form_post.jwt', 'form'],
  ] as const)(
    'JARM §2.3 in mode %s has code, state, issuer, audience and an end, by %s',
    async (responseMode, mode) => {
      const response = await signed.code(tenant, requestLike('', { responseMode, state: 's1' }), 'tac_x');
      expect(response.mode).toBe(mode);
      expect(claimsOf(response)).toEqual({ code: 'tac_x', state: 's1', iss: tenant.issuer, aud: 'app', exp });
    },
  );

  it('JARM §2.1 may be an error', async () => {
    const response = await signed.error(tenant, requestLike('', { responseMode: 'jwt' }), error);
    expect(claimsOf(response)).toMatchObject({ error: 'invalid_scope', iss: tenant.issuer, aud: 'app', exp });
  });

  async function algorithmFor(algorithms: readonly KeyAlgorithm[], changes: Partial<Client>): Promise<unknown> {
    const sign = jest.fn(async (_tenant: object, _request: { algorithm: string }) => 'a.b.c');
    const settings = { ...tenant.settings, keys: { ...tenant.settings.keys, algorithms: [...algorithms] } };
    const request = requestLike('', { client: clientLike(changes), responseMode: 'jwt' });
    await new AuthorizationResponses({ sign } as never, clock).code({ ...tenant, settings }, request, 'x');
    return sign.mock.calls[0]![1].algorithm;
  }

  it.each([
    ['the registered algorithm', ['ES256', 'PS256', 'RS256'], 'PS256', 'PS256'],
    ['RS256 where none is registered', ['ES256', 'RS256'], undefined, 'RS256'],
    ["the tenant's first where it has no RS256", ['PS256', 'ES256'], undefined, 'PS256'],
    ['what the tenant has, of late', ['ES256'], 'PS256', 'ES256'],
  ] as const)('JARM §3 is signed by %s', async (_, algorithms, authorization_signed_response_alg, expected) => {
    expect(await algorithmFor(algorithms, { authorization_signed_response_alg })).toBe(expected);
  });

  it('JARM §3, FAPI 2.0 SP §5.4.1 is signed by what the profile of the client allows', async () => {
    expect(await algorithmFor(['RS256', 'ES256'], { security_profile: 'fapi2-security' })).toBe('ES256');
  });
});
