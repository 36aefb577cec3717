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
const spa = { type: 'spa', redirect_uris: ['https://app.test/cb'] };
const bound = { ...spa, dpop_bound_access_tokens: true };
const validated = (input: MetadataInput, origin: RegistrationPolicy['origin'] = 'admin') =>
  validateClientMetadata(input, { ...policy, origin });

describe('RFC 9449 §5.2 dpop_bound_access_tokens', () => {
  it('is kept, and is nothing that a client has unasked', () => {
    expect(validated(bound)).toMatchObject({ dpop_bound_access_tokens: true });
    expect(validated(spa)).not.toHaveProperty('dpop_bound_access_tokens');
  });

  it.each(['true', 1, {}, []])('is a boolean: %j is refused', (dpop_bound_access_tokens) => {
    expect(() => validated({ ...spa, dpop_bound_access_tokens })).toThrow(ClientMetadataError);
  });

  it.each<[string, MetadataInput, boolean]>([
    ['bound', bound, false],
    ['bound, where an administrator wants it', { ...bound, refresh: { rotate: true } }, true],
    ['not bound', { ...spa, dpop_bound_access_tokens: false }, true],
    ['of a client that says nothing', spa, true],
  ])(
    'RFC 9700 §2.2.2 S-071 lets refresh tokens of a public client rotate unless they are %s',
    (_name, input, rotate) => {
      expect(validated(input).refresh.rotate).toBe(rotate);
    },
  );

  it('RFC 9700 §2.2.2 counts for a client that registers itself, too', () => {
    expect(validated(bound, 'registered').refresh.rotate).toBe(false);
  });
});
