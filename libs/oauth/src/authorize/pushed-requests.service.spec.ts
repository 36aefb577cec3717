import type { Client } from '@tokenidp/clients';
import { sha256 } from '@tokenidp/kernel';
import {
  CALLBACK,
  CHALLENGE,
  clientLike,
  contextLike,
  FixedClock,
  NOW,
  refusalOf,
  refusedObject,
  requestsLike,
  tenant,
} from '../../test/samples';
import { Parameters } from '../endpoints/form-parameters';
import { PUSHED_REQUEST_PREFIX } from '../rules/request-uri';
import { REPEATABLE } from './authorize.pipeline';
import type { Confirmation } from '../tokens/confirmation';
import type { NewPushedRequest } from './pushed-requests.repository';
import { PushedRequests } from './pushed-requests.service';

const VALID = {
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: 'openid',
  state: 's1',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

function world(client: Partial<Client> = {}, context = contextLike()) {
  const rows: NewPushedRequest[] = [];
  const repository = { insert: async (row: NewPushedRequest) => void rows.push(row) };
  const unasked = { find: () => Promise.reject(new Error('the client is known')) };
  const service = new PushedRequests(requestsLike(unasked, context), repository as never, new FixedClock());
  const push = (changes: object = {}, within = tenant, proven?: Confirmation) => {
    const sent = JSON.parse(JSON.stringify({ ...VALID, ...changes })) as Record<string, unknown>;
    return service.push(within, clientLike(client), Parameters.parse(sent, REPEATABLE), proven);
  };
  return { push, rows };
}

describe('a pushed authorization request', () => {
  it('RFC 9126 §2.2 is kept under 256 bits that only the client is told', async () => {
    const { push, rows } = world();
    const { request_uri, expires_in } = await push();
    expect(request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:tpr_[A-Za-z0-9_-]{49}$/);
    expect(expires_in).toBe(90);
    expect(rows).toEqual([
      {
        tenantId: tenant.id,
        id: expect.any(String),
        hash: sha256(request_uri.slice(PUSHED_REQUEST_PREFIX.length)),
        clientId: clientLike().id,
        parameters: { ...VALID, client_id: 'app' },
        createdAt: NOW,
        expiresAt: new Date(NOW.getTime() + 90_000),
      },
    ]);
  });

  it.each([
    [60, 60],
    [600, 90],
  ])('FAPI 2.0 SP §5.3.2.2 S-111 where the tenant says %d seconds, lasts %d', async (wanted, given) => {
    const { lifetimes } = tenant.settings;
    const settings = { ...tenant.settings, lifetimes: { ...lifetimes, pushedRequestSeconds: wanted } };
    expect((await world().push({}, { ...tenant, settings })).expires_in).toBe(given);
  });

  it('RFC 9449 §10.1 is for the key that was proven, which it may name itself, and for no other', async () => {
    const { push, rows } = world();
    const jkt = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I';
    await push({}, tenant, { jkt });
    await push({ dpop_jkt: jkt }, tenant, { jkt });
    await push({ dpop_jkt: jkt });
    expect(rows.map(({ parameters }) => parameters.dpop_jkt)).toEqual([jkt, jkt, jkt]);
    const other = { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' };
    expect(await refusalOf(() => push({ dpop_jkt: jkt }, tenant, other))).toBe('invalid_request');
    expect(rows).toHaveLength(3);
  });

  it('RFC 9126 §2.1 keeps nothing that proves the client', async () => {
    const { push, rows } = world();
    await push({ client_secret: 'tcs_x', client_assertion: 'a.b.c', client_assertion_type: 'urn:x', extra: 'kept' });
    expect(rows[0]!.parameters).toEqual({ ...VALID, client_id: 'app', extra: 'kept' });
  });

  it.each([
    ['request_uri', { request_uri: 'urn:x' }, 'invalid_request'],
    ['no redirect_uri', { redirect_uri: undefined }, 'invalid_request'],
    ['another redirect_uri', { redirect_uri: 'https://evil.example' }, 'invalid_request'],
    ['another response_type', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a scope that is not assigned', { scope: 'openid admin' }, 'invalid_scope'],
    ['an unknown resource', { resource: 'https://x.example' }, 'invalid_target'],
    ['an unknown response_mode', { response_mode: 'fragment' }, 'invalid_request'],
    ['a request object that is none', { request: 'a.b.c' }, 'invalid_request_object'],
    ['a request object that is none, alone', { request: 'a.b.c', redirect_uri: undefined }, 'invalid_request_object'],
    ['metadata', { registration: '{}' }, 'registration_not_supported'],
    ['a state with a line break', { state: 'a\nb' }, 'invalid_request'],
  ])('RFC 9126 §2.1 refuses %s, and keeps nothing', async (_, changes, error) => {
    const { push, rows } = world();
    expect(await refusalOf(() => push(changes))).toBe(error);
    expect(rows).toEqual([]);
  });

  it('RFC 9126 §2.1 refuses a client that may not have the code flow', async () => {
    const { push } = world({ grant_types: ['client_credentials'] });
    expect(await refusalOf(() => push())).toBe('unauthorized_client');
  });

  it('RFC 9126 §3, RFC 9101 §10.5 keeps what a request object says, and takes nothing else where it must be signed', async () => {
    const claims = { ...VALID, client_id: 'app', iss: 'app', aud: tenant.issuer, state: 'inside', client_secret: 'x' };
    const nbf = NOW.getTime() / 1000;
    const object = { jwt: 'a.b.c', header: {}, claims: { ...claims, nbf, exp: nbf + 60 } };
    const requestObjects = { verify: async () => object, fetch: refusedObject };
    const { push, rows } = world({ require_signed_request_object: true }, contextLike({ requestObjects }));
    await push({ request: 'a.b.c', state: 'outside', login_hint: 'outside' });
    expect(rows[0]!.parameters).toEqual({ ...VALID, client_id: 'app', state: 'inside' });
    expect(await refusalOf(() => push())).toBe('invalid_request');
  });
});
