import { sha256 } from '@tokenidp/kernel';
import { type Members, ProofKey } from '../../test/dpop-samples';
import { NOW_SECONDS } from '../../test/token-samples';
import { type DpopExpectation, DpopProofError, verifyDpopProof } from './dpop-proof';

const ENDPOINT = 'https://id.example/t/acme/userinfo';
const TOKEN = 'eyJ.access.token';
const key = new ProofKey('ES256');
const other = new ProofKey('ES256');
const claims = { htm: 'GET', htu: ENDPOINT, iat: NOW_SECONDS, ath: sha256(TOKEN) };
const expected: DpopExpectation = { method: 'GET', urls: [ENDPOINT], accessToken: TOKEN, nowSeconds: NOW_SECONDS };

const proof = (changes: Members = {}, header: Members = {}) => key.proof({ ...claims, ...changes }, header);
const outcome = (text: string, changes: Partial<DpopExpectation> = {}) =>
  verifyDpopProof(text, { ...expected, ...changes }).then(
    () => 'good',
    (error: unknown) => (error instanceof DpopProofError ? error.error : error),
  );
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('RFC 9449 §4.2, §4.3 a proof', () => {
  it.each(['ES256', 'PS256', 'Ed25519', 'EdDSA'])('by %s names its key by its thumbprint', async (alg) => {
    const signer = new ProofKey(alg);
    const jti = 'e1j3V_bKic8-LAEB';
    await expect(verifyDpopProof(signer.proof({ ...claims, jti }), expected)).resolves.toEqual({
      jkt: signer.jkt,
      jti,
    });
  });

  it('has the thumbprint of the example in RFC 9449 §6.1', async () => {
    const jwk = {
      kty: 'EC',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      crv: 'P-256',
    };
    const text =
      'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg';
    const example = { method: 'POST', urls: ['https://server.example.com/token'], nowSeconds: 1562262616 };
    await expect(verifyDpopProof(text, example)).resolves.toMatchObject({
      jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
    });
    expect(JSON.parse(Buffer.from(text.split('.')[0]!, 'base64url').toString())).toMatchObject({ jwk });
  });

  it.each([
    ['without ath where no token is presented', proof({ ath: undefined }), { accessToken: undefined }],
    ['with claims that nobody knows', proof({ foo: 'bar', sub: 'me' }), {}],
    ['with a key that says more of itself', proof({}, { jwk: { ...key.jwk, use: 'sig', alg: 'ES256', kid: '1' } }), {}],
    ['with htu and a query', proof({ htu: `${ENDPOINT}?a=b` }), {}],
    ['with htu and a fragment', proof({ htu: `${ENDPOINT}#a` }), {}],
    ['with htu in capitals', proof({ htu: ENDPOINT.replace('https://id.example', 'HTTPS://ID.EXAMPLE') }), {}],
    ['with htu and the port that is meant anyway', proof({ htu: ENDPOINT.replace('.example', '.example:443') }), {}],
    ['with htu and dots', proof({ htu: ENDPOINT.replace('/t/', '/x/../t/./') }), {}],
    ['with htu and letters in percents', proof({ htu: ENDPOINT.replace('userinfo', 'user%69nfo') }), {}],
    ['of 60 seconds ago', proof({ iat: NOW_SECONDS - 60 }), {}],
    ['of a clock 10 seconds ahead', proof({ iat: NOW_SECONDS + 10 }), {}],
    ['that says nbf and exp', proof({ nbf: NOW_SECONDS, exp: NOW_SECONDS + 60 }), {}],
    ['with a nonce that nobody asked for', proof({ nonce: 'old' }), {}],
  ])('is taken %s', async (_name, text, changes) => {
    await expect(outcome(text, changes)).resolves.toBe('good');
  });
});

describe('RFC 9449 §4.3 S-115 a proof is refused', () => {
  const rsa = (alg: string, rsaBits: number) => new ProofKey(alg, { rsaBits }).proof(claims);
  const withoutSignature = (header: Members) =>
    `${part({ typ: 'dpop+jwt', jwk: key.jwk, ...header })}.${part(claims)}.`;
  const hmac = { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA' };
  const [header, payload, signature] = proof().split('.') as [string, string, string];

  it.each<[string, string]>([
    ['no. 1 that came twice', `${proof()}, ${proof()}`],
    ['no. 1 that is empty', ''],
    ['no. 2 that is no JWT', 'not.a jwt'],
    ['no. 2 with a part missing', `${header}.${payload}`],
    ['no. 2 in the JSON form', JSON.stringify({ protected: header, payload, signature })],
    ['no. 2 with a header that is no object', `${part('typ')}.${payload}.${signature}`],
    ['no. 2 with claims that are no object', key.sign({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk }, [claims])],
    ['no. 2 that is too long', proof({ pad: 'x'.repeat(4096) })],
    ['no. 3 without jti', proof({ jti: undefined })],
    ['no. 3 with an empty jti', proof({ jti: '' })],
    ['no. 3 with a jti that is no text', proof({ jti: 1 })],
    ['no. 3 with a jti too long to keep', proof({ jti: 'j'.repeat(513) })],
    ['no. 3 without htm', proof({ htm: undefined })],
    ['no. 3 without htu', proof({ htu: undefined })],
    ['no. 3 without iat', proof({ iat: undefined })],
    ['no. 3 with iat as text', proof({ iat: String(NOW_SECONDS) })],
    ['no. 4 without typ', proof({}, { typ: undefined })],
    ['no. 4 of another typ', proof({}, { typ: 'JWT' })],
    ['no. 4 RFC 8725 §3.11 that is an access token', proof({}, { typ: 'at+jwt' })],
    ['no. 5 without alg', `${part({ typ: 'dpop+jwt', jwk: key.jwk })}.${payload}.${signature}`],
    ['no. 5 RFC 8725 §3.1 with alg none', `${withoutSignature({ alg: 'none' })}`],
    ['no. 5 with alg none and something after the dot', `${withoutSignature({ alg: 'none' })}${signature}`],
    ['no. 5 with a shared key', proof({}, { alg: 'HS256', jwk: hmac })],
    ['no. 5 by RS256', rsa('RS256', 2048)],
    ['no. 5 by a key of another algorithm', proof({}, { alg: 'PS256' })],
    ['no. 5 by a curve of another algorithm', new ProofKey('ES256', { curve: 'P-384' }).proof(claims)],
    ['no. 5 with an RSA key that is too short', rsa('PS256', 1024)],
    ['no. 6 without jwk', proof({}, { jwk: undefined })],
    ['no. 6 with a jwk that is no object', proof({}, { jwk: [key.jwk] })],
    ['no. 6 with a jwk that is no key', proof({}, { jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } })],
    ['no. 6 signed by another key', other.proof(claims, { jwk: key.jwk })],
    ['no. 6 with changed claims', `${header}.${part({ ...claims, jti: 'new' })}.${signature}`],
    ['no. 6 without its signature', `${header}.${payload}.`],
    ['no. 6 with an extension that is critical', proof({}, { crit: ['b64'], b64: false })],
    ['no. 7 that shows its private key', proof({}, { jwk: key.privateJwk })],
    ['no. 7 that shows a private RSA member', proof({}, { jwk: { ...key.jwk, dp: 'AA' } })],
    ['no. 8 for another method', proof({ htm: 'PUT' })],
    ['no. 8 for the method in small letters', proof({ htm: 'get' })],
    ['no. 9 for another path', proof({ htu: `${ENDPOINT}/` })],
    ['no. 9 for another host', proof({ htu: ENDPOINT.replace('id.', 'evil.') })],
    ['no. 9 for another scheme', proof({ htu: ENDPOINT.replace('https', 'http') })],
    ['no. 9 for another port', proof({ htu: ENDPOINT.replace('.example', '.example:8443') })],
    ['no. 9 for somebody else at the host', proof({ htu: ENDPOINT.replace('id.', 'ada@id.') })],
    ['no. 9 for the path in capitals', proof({ htu: ENDPOINT.replace('userinfo', 'UserInfo') })],
    ['no. 9 for what only a browser would read as it', proof({ htu: ENDPOINT.replace('/t/', '\\t\\') })],
    ['no. 9 for an address with a space', proof({ htu: ` ${ENDPOINT}` })],
    ['no. 9 with htu that is no address', proof({ htu: 'userinfo' })],
    ['no. 9 with a list as htu', proof({ htu: [ENDPOINT] })],
    ['no. 10 of 61 seconds ago', proof({ iat: NOW_SECONDS - 61 })],
    ['no. 10 of 11 seconds ahead', proof({ iat: NOW_SECONDS + 11 })],
    ['no. 10 of an hour ago', proof({ iat: NOW_SECONDS - 3600 })],
    ['no. 10 RFC 7519 §4.1.4 that is over', proof({ exp: NOW_SECONDS - 11 })],
    ['no. 10 RFC 7519 §4.1.5 that has not begun', proof({ nbf: NOW_SECONDS + 11 })],
    ['no. 12 without ath', proof({ ath: undefined })],
    ['no. 12 for another token', proof({ ath: sha256('another') })],
    ['no. 12 with the token itself', proof({ ath: TOKEN })],
  ])('%s', async (_name, text) => {
    await expect(outcome(text)).resolves.toBe('invalid_dpop_proof');
  });
});

describe('RFC 9449 §8, §11.1 where nonces are wanted', () => {
  const isNonce = (nonce: string) => nonce === 'ours';

  it.each([
    ['without one', {}, 'use_dpop_nonce'],
    ['with another', { nonce: 'theirs' }, 'use_dpop_nonce'],
    ['with a list of them', { nonce: ['ours'] }, 'use_dpop_nonce'],
    ['with it', { nonce: 'ours' }, 'good'],
    ["with it, by a client whose clock is wrong: the nonce's time counts", { nonce: 'ours', iat: 1 }, 'good'],
    ['with it, but no iat at all', { nonce: 'ours', iat: undefined }, 'invalid_dpop_proof'],
    ['with it, for another request', { nonce: 'ours', htm: 'POST' }, 'invalid_dpop_proof'],
  ])('a proof %s', async (_name, changes, result) => {
    await expect(outcome(proof(changes), { isNonce })).resolves.toBe(result);
  });
});
