import { X509Certificate } from 'node:crypto';
import { selfSigned } from '../../../../test/support/certificate';
import { ClientMetadataError } from './client-metadata-error';
import { keyProblem } from './key-set';
import type { MetadataInput } from './members';
import type { RegistrationPolicy } from './registration-policy';
import { validateClientMetadata } from './validate-client-metadata';

const policy: RegistrationPolicy = {
  origin: 'admin',
  issuer: 'https://id.example.com/t/acme',
  algorithms: ['ES256', 'RS256'],
  securityProfileFloor: 'baseline',
  outboundAllowedHosts: [],
};
const machine = { type: 'machine', token_endpoint_auth_method: 'tls_client_auth' };

function faultOf(input: MetadataInput): string | undefined {
  try {
    validateClientMetadata(input, policy);
    return undefined;
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return error.member;
  }
}

describe('RFC 8705 §2.1.2 the name of a client of tls_client_auth', () => {
  it.each([
    { tls_client_auth_subject_dn: 'CN=app,O=Acme\\, Inc.,C=GB' },
    { tls_client_auth_san_dns: 'app.example' },
    { tls_client_auth_san_uri: 'urn:acme:app' },
    { tls_client_auth_san_ip: '2001:db8::1' },
    { tls_client_auth_san_email: 'ops@app.example' },
  ])('is %j', (name) => {
    const validated = validateClientMetadata({ ...machine, ...name }, policy);
    expect(validated).toMatchObject(name);
    expect(validateClientMetadata({ ...validated } as MetadataInput, policy)).toEqual(validated);
  });

  it.each([
    ['tls_client_auth_subject_dn', 'app'],
    ['tls_client_auth_subject_dn', 7],
    ['tls_client_auth_san_dns', '*.app.example'],
    ['tls_client_auth_san_dns', 'app example'],
    ['tls_client_auth_san_uri', 'app'],
    ['tls_client_auth_san_ip', '192.0.2'],
    ['tls_client_auth_san_ip', '192.0.2.0/24'],
    ['tls_client_auth_san_email', 'ops'],
  ])('is not the %s %j', (member, value) => {
    expect(faultOf({ ...machine, [member]: value })).toBe(member);
  });

  it('is one, neither none nor two', () => {
    expect(faultOf(machine)).toBe('tls_client_auth_subject_dn');
    const two = { tls_client_auth_san_dns: 'app.example', tls_client_auth_subject_dn: 'CN=app' };
    expect(faultOf({ ...machine, ...two })).toBe('tls_client_auth_subject_dn');
  });

  it('says nothing of a client that authenticates in another way', () => {
    const other = { type: 'machine', tls_client_auth_san_dns: 'app.example' };
    expect(validateClientMetadata(other, policy)).not.toHaveProperty('tls_client_auth_san_dns');
  });
});

describe('RFC 8705 §2.2.2 the certificates of a client of self_signed_tls_client_auth', () => {
  const method = { type: 'machine', token_endpoint_auth_method: 'self_signed_tls_client_auth' };
  const [x509, other] = [selfSigned('app'), selfSigned('app')].map(({ cert }) => new X509Certificate(cert));
  const jwk = x509!.publicKey.export({ format: 'jwk' });
  const x5c = [x509!.raw.toString('base64')];

  it('are in its key set', () => {
    expect(faultOf(method)).toBe('jwks');
    expect(faultOf({ ...method, jwks: { keys: [{ ...jwk, x5c }] } })).toBeUndefined();
    expect(faultOf({ ...method, jwks_uri: 'https://app.example/jwks' })).toBeUndefined();
  });

  it.each<[string, unknown, RegExp]>([
    ['of another key', [other!.raw.toString('base64')], /same key/],
    ['nothing', [], /1 to 10/],
    ['no list', x5c[0], /1 to 10/],
    ['no text', [1], /1 to 10/],
    ['too many', Array.from({ length: 11 }, () => x5c[0]), /1 to 10/],
    ['no certificate', ['AAAA'], /certificate/],
  ])('RFC 7517 §4.7 are not %s', (_what, wrong, reason) => {
    expect(keyProblem({ ...jwk, x5c: wrong })).toMatch(reason);
    expect(faultOf({ ...method, jwks: { keys: [{ ...jwk, x5c: wrong }] } })).toBe('jwks');
  });
});

describe('RFC 8705 §3.4 tls_client_certificate_bound_access_tokens', () => {
  it('is true or false, whatever the client is', () => {
    const spa = { type: 'spa', redirect_uris: ['https://app.test/cb'] };
    for (const bound of [true, false]) {
      const validated = validateClientMetadata({ ...spa, tls_client_certificate_bound_access_tokens: bound }, policy);
      expect(validated.tls_client_certificate_bound_access_tokens).toBe(bound);
    }
    const wrong = { ...spa, tls_client_certificate_bound_access_tokens: 'yes' };
    expect(faultOf(wrong)).toBe('tls_client_certificate_bound_access_tokens');
  });
});
