import { ClientMetadataError } from './client-metadata-error';
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

function refusal(input: MetadataInput, within = policy): string {
  try {
    validateClientMetadata(input, within);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return `${error.error} ${error.member}`;
  }
}

describe('CIBA Core §4 a client that asks about users who are elsewhere', () => {
  const ciba = 'urn:openid:params:grant-type:ciba';
  const endpoint = 'https://app.test/ping';
  const asker = { type: 'web', grant_types: [ciba], backchannel_token_delivery_mode: 'poll' };

  it.each([
    ['poll', asker],
    ['ping', { ...asker, backchannel_token_delivery_mode: 'ping', backchannel_client_notification_endpoint: endpoint }],
  ])('CIBA Core §4 takes a client that wants to %s', (mode, input) => {
    expect(validateClientMetadata(input, policy)).toMatchObject({
      grant_types: [ciba],
      response_types: [],
      redirect_uris: [],
      backchannel_token_delivery_mode: mode,
    });
  });

  it.each([
    ['no mode', { backchannel_token_delivery_mode: undefined }, 'backchannel_token_delivery_mode'],
    ['push', { backchannel_token_delivery_mode: 'push' }, 'backchannel_token_delivery_mode'],
    ['ping to nowhere', { backchannel_token_delivery_mode: 'ping' }, 'backchannel_client_notification_endpoint'],
    [
      'S-162 ping without TLS',
      { backchannel_token_delivery_mode: 'ping', backchannel_client_notification_endpoint: 'http://app.test/ping' },
      'backchannel_client_notification_endpoint',
    ],
    [
      'requests signed by none',
      { backchannel_authentication_request_signing_alg: 'none' },
      'backchannel_authentication_request_signing_alg',
    ],
    ['a user code that is no truth', { backchannel_user_code_parameter: 'yes' }, 'backchannel_user_code_parameter'],
  ])('CIBA Core §4 refuses %s', (_name, input, member) => {
    expect(refusal({ ...asker, ...input })).toBe(`invalid_client_metadata ${member}`);
  });

  it('CIBA Core §4 takes a client whose requests bring a code of the user’s', () => {
    const input = { ...asker, backchannel_user_code_parameter: true };
    expect(validateClientMetadata(input, policy)).toMatchObject({ backchannel_user_code_parameter: true });
  });

  describe('CIBA Core §5, §10.3 where the tenant lets tokens be pushed', () => {
    const pushing: RegistrationPolicy = { ...policy, deliveryModes: ['poll', 'ping', 'push'] };
    const pushed = {
      ...{ ...asker, backchannel_token_delivery_mode: 'push' },
      backchannel_client_notification_endpoint: endpoint,
    };

    it('takes a client that is pushed to', () => {
      expect(validateClientMetadata(pushed, pushing).backchannel_token_delivery_mode).toBe('push');
    });

    it.each([
      ['nowhere', { backchannel_client_notification_endpoint: undefined }, 'backchannel_client_notification_endpoint'],
      [
        'a place without TLS',
        { backchannel_client_notification_endpoint: 'http://app.test/push' },
        'backchannel_client_notification_endpoint',
      ],
      ['a client with DPoP', { dpop_bound_access_tokens: true }, 'dpop_bound_access_tokens'],
      [
        'a client with certificates',
        { tls_client_certificate_bound_access_tokens: true },
        'tls_client_certificate_bound_access_tokens',
      ],
    ])('refuses to push to %s', (_name, input, member) => {
      expect(refusal({ ...pushed, ...input }, pushing)).toBe(`invalid_client_metadata ${member}`);
    });
  });
});
