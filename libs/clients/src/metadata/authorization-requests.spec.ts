import { authorizationRequestMembers } from './authorization-requests';
import { ClientMetadataError } from './client-metadata-error';
import type { RegistrationPolicy } from './registration-policy';
import { validateClientMetadata } from './validate-client-metadata';

const policy: RegistrationPolicy = {
  origin: 'admin',
  issuer: 'https://id.example.com/t/acme',
  algorithms: ['ES256', 'RS256'],
  securityProfileFloor: 'baseline',
  outboundAllowedHosts: ['localhost:9000'],
};
const HASH = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ';

function refused(work: () => unknown): string {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return error.member;
  }
}

describe('how requests of a client come', () => {
  it('RFC 9126 §6, RFC 9101 §10.5, OIDC Registration §2, JARM §3 is what it registers', () => {
    const members = {
      require_pushed_authorization_requests: true,
      require_signed_request_object: true,
      request_object_signing_alg: 'PS256',
      request_uris: ['https://app.test/r', `https://app.test/s#${HASH}`, 'http://localhost:9000/r'],
      authorization_signed_response_alg: 'RS256',
    };
    expect(authorizationRequestMembers(members, policy)).toEqual(members);
  });

  it.each([
    ['require_pushed_authorization_requests', 'yes'],
    ['require_signed_request_object', 1],
    ['request_object_signing_alg', 'none'],
    ['request_object_signing_alg', 'HS256'],
    ['authorization_signed_response_alg', 'none'],
    ['authorization_signed_response_alg', 'PS256'],
    ['request_uris', 'https://app.test/r'],
    ['request_uris', ['http://app.test/r']],
    ['request_uris', ['https://app.test/r#a#b']],
    ['request_uris', ['https://app.test/r#a=b']],
    ['request_uris', ['https://user@app.test/r']],
    ['request_uris', ['urn:ietf:params:oauth:request_uri:x']],
    ['request_uris', Array.from({ length: 21 }, (_, index) => `https://app.test/${index}`)],
  ])('RFC 9101 §10.5, OIDC Registration §2, JARM §3 S-090 S-170 is not %s: %j', (member, value) => {
    expect(refused(() => authorizationRequestMembers({ [member]: value }, policy))).toBe(member);
  });

  it('RFC 9101 §10.5 a client that must sign has keys', () => {
    const web = { type: 'web', redirect_uris: ['https://app.test/cb'], require_signed_request_object: true };
    expect(refused(() => validateClientMetadata(web, policy))).toBe('jwks');
    const jwks_uri = 'https://app.test/jwks';
    expect(validateClientMetadata({ ...web, jwks_uri }, policy)).toMatchObject({ require_signed_request_object: true });
  });
});
