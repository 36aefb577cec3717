/** What the conformance suite of the OpenID Foundation asks of every answer (protocol.md §0). */
import { createHash } from 'node:crypto';
import { decodeProtectedHeader, importJWK, type JWK, type JWTPayload, jwtVerify } from 'jose';
import type { Callback } from './browser';
import type { Answer } from './conformance-client';
import type { HttpPerson } from './http-person';
import type { PreparedRequest } from './stock-client';

export const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  profile: (
    'name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate ' +
    'zoneinfo locale updated_at'
  ).split(' '),
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
};

const PROTOCOL_CLAIMS = new Set(
  'iss sub aud exp iat auth_time nonce acr amr azp at_hash c_hash nbf jti sid s_hash txn'.split(' '),
);

/** IANA "OAuth Extensions Error", those of the authorization endpoint. */
const AUTHORIZATION_ERRORS = new Set(
  (
    'invalid_request unauthorized_client access_denied unsupported_response_type invalid_scope server_error ' +
    'temporarily_unavailable interaction_required login_required account_selection_required consent_required ' +
    'invalid_request_uri invalid_request_object request_not_supported request_uri_not_supported ' +
    'registration_not_supported invalid_target unmet_authentication_requirements'
  ).split(' '),
);

const ERROR_PARAMETERS = new Set(['error', 'error_description', 'error_uri', 'state', 'session_state', 'iss']);

/** Shannon's estimate from the characters alone, in bits. */
export function entropyOf(text: string): number {
  const groups = [...Map.groupBy(text, (character) => character).values()];
  const shares = groups.map(({ length }) => length / text.length);
  return text.length * shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
}

/** A code or a token: 32 random bytes or more, in characters that go through everything unescaped. */
export function expectSecret(secret: string | null | undefined): void {
  expect(secret).toMatch(/^[A-Za-z0-9._~-]{43,}$/);
  expect(entropyOf(secret!)).toBeGreaterThanOrEqual(128);
}

/** Every key can be told apart, is public, and is strong enough. */
export function expectSaneKeys(keys: readonly JWK[]): void {
  expect(keys.length).toBeGreaterThan(0);
  const kids = keys.map(({ kid }) => kid);
  expect(kids.every((kid) => typeof kid === 'string' && kid !== '')).toBe(true);
  expect(new Set(kids).size).toBe(kids.length);
  for (const key of keys) {
    expect(key).toMatchObject({ kty: expect.stringMatching(/^(RSA|EC|OKP)$/), use: 'sig', alg: expect.any(String) });
    expect(Object.keys(key).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].includes(name))).toEqual([]);
    if (key.kty === 'RSA') expect(Buffer.from(key.n!, 'base64url').length * 8).toBeGreaterThanOrEqual(2048);
  }
}

/** A code for this request, from this issuer; of a form_post, nothing in the address. */
export function expectCode(callback: Callback, request: PreparedRequest, issuer: string): void {
  const { parameters } = callback;
  const sent = request.url.searchParams;
  expect(parameters.get('error_description') ?? parameters.get('error')).toBeNull();
  expectSecret(parameters.get('code'));
  expect(Object.fromEntries(parameters)).toEqual({
    code: expect.any(String),
    iss: issuer,
    ...(sent.has('state') && { state: sent.get('state') }),
  });
  expectDelivery(callback, sent);
}

/** An error for this request and nothing else; texts hold no character that RFC 6749 §4.1.2.1 leaves out. */
export function expectErrorRedirect(
  callback: Callback,
  request: PreparedRequest,
  { issuer, error }: { issuer: string; error: string | readonly string[] },
): void {
  const { parameters } = callback;
  const sent = request.url.searchParams;
  expect([error].flat()).toContain(parameters.get('error'));
  expect(AUTHORIZATION_ERRORS).toContain(parameters.get('error'));
  expect([...parameters.keys()].filter((name) => !ERROR_PARAMETERS.has(name))).toEqual([]);
  expect([...parameters.keys()].length).toBe(new Set(parameters.keys()).size);
  expect(parameters.get('error_description') ?? '').toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
  expect(parameters.get('state')).toBe(sent.get('state'));
  expect(parameters.get('iss')).toBe(issuer);
  expectDelivery(callback, sent);
}

/** The error stays with the provider: a page that tells it, and no way to the client. */
export async function expectErrorPage(visitor: HttpPerson, url: string | URL, detail: string): Promise<void> {
  const before = visitor.callbackCount;
  const { status, url: place, body } = await visitor.open(url);
  expect({ status, place }).toEqual({ status: 400, place: String(url) });
  expect(/<h1[^>]*>([^<]*)<\/h1>/.exec(body)?.[1]).toBe('This request could not be completed');
  expect(/<p class="request-detail"[^>]*>(.*?)<\/p>/.exec(body)?.[1]).toContain(detail);
  expect(visitor.callbackCount).toBe(before);
}

/** The method that was asked for, and the redirect URI as it was sent. */
function expectDelivery({ method, url }: Callback, sent: URLSearchParams): void {
  const isPosted = sent.get('response_mode') === 'form_post';
  expect(method).toBe(isPosted ? 'POST' : 'GET');
  expect(isPosted ? url.href : `${url.origin}${url.pathname}`).toBe(sent.get('redirect_uri'));
  expect(url.hash).toBe('');
}

/** 200, JSON, not to be stored, and a token that says how long it lives. */
export function expectTokenAnswer(answer: Answer): void {
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const body = JSON.parse(answer.body) as Record<string, unknown>;
  expect(body.token_type).toBe('Bearer');
  expectSecret(body.access_token as string);
  expect(typeof body.expires_in).toBe('number');
  expect(body.expires_in).toBeGreaterThanOrEqual(1);
  expect(body.expires_in).toBeLessThanOrEqual(31_536_000);
  if (body.refresh_token !== undefined) expectSecret(body.refresh_token as string);
}

/** 400, JSON, and an `error` that is a string. */
export function expectTokenError(answer: Answer, error: string): void {
  expect({ status: answer.status, error: (JSON.parse(answer.body) as { error: unknown }).error }).toEqual({
    status: 400,
    error,
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
}

export interface IdTokenExpectation {
  keys: readonly JWK[];
  issuer: string;
  clientId: string;
  nonce: string | undefined;
  accessToken: string;
  /** of the server's clock */
  now: Date;
  /** what of the user was asked for by `claims` */
  requested?: readonly string[];
}

/** Signed by a key of the set that says so, for this client, now, and without a word on the user that nobody asked for. */
export async function expectIdToken(jwt: string, expected: IdTokenExpectation): Promise<JWTPayload> {
  const header = decodeProtectedHeader(jwt);
  const key = expected.keys.find(({ kid }) => kid === header.kid);
  expect(key).toMatchObject({ alg: header.alg, use: 'sig' });
  const { issuer, clientId, now } = expected;
  const verified = await jwtVerify(jwt, await importJWK(key!), { issuer, audience: clientId, currentDate: now });
  const claims: JWTPayload = verified.payload;
  const seconds = now.getTime() / 1000;
  expect(claims.azp ?? clientId).toBe(clientId);
  expect(claims.exp).toBeGreaterThan(seconds);
  expect(Math.abs(claims.iat! - seconds)).toBeLessThan(300);
  expect(claims.auth_time).toBeLessThanOrEqual(claims.iat!);
  expect(claims.nonce).toBe(expected.nonce);
  expect(claims.acr).toMatch(/./);
  expect(claims.sub).toMatch(/^[\x21-\x7e]{1,255}$/);
  expect(claims.at_hash).toBe(halfHash(expected.accessToken, header.alg!));
  const allowed = new Set([...PROTOCOL_CLAIMS, ...(expected.requested ?? [])]);
  expect(Object.keys(claims).filter((name) => !allowed.has(name))).toEqual([]);
  return claims;
}

/** OIDC Core §3.1.3.6. */
function halfHash(text: string, algorithm: string): string {
  const hash = createHash(algorithm === 'EdDSA' ? 'sha512' : `sha${algorithm.slice(2)}`);
  const digest = hash.update(text).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

/** The same user, with exactly these claims, each of its registered type. */
export function expectUserInfo(
  claims: Readonly<Record<string, unknown>>,
  { sub, names }: { sub: string; names: readonly string[] },
): void {
  expect(claims.sub).toBe(sub);
  expect(Object.keys(claims).sort()).toEqual(['sub', ...names].sort());
  for (const [name, value] of Object.entries(claims)) expectTyped(name, value);
}

function expectTyped(name: string, value: unknown): void {
  if (name.endsWith('_verified')) return expect({ [name]: typeof value }).toEqual({ [name]: 'boolean' });
  if (name === 'updated_at') return expect({ [name]: Number.isInteger(value) }).toEqual({ [name]: true });
  if (name === 'address') {
    expect(Object.keys(value as object).length).toBeGreaterThan(0);
    return Object.entries(value as object).forEach(([member, text]) => expectText(`address.${member}`, text));
  }
  expectText(name, value);
}

function expectText(name: string, value: unknown): void {
  expect({ [name]: value }).toEqual({ [name]: expect.stringMatching(/\S/) });
}
