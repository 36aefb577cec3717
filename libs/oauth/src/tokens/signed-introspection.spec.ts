import { FixedClock, tenant } from '../../test/samples';
import { appLike, NOW_SECONDS, signed, signer } from '../../test/token-samples';
import { INTROSPECTION_JWT_TYPE, SignedIntrospection } from './signed-introspection';

const signedIntrospection = new SignedIntrospection(signer, new FixedClock());
const caller = appLike({ introspection_signed_response_alg: 'ES256' });

describe('RFC 9701 a signed answer', () => {
  it.each([INTROSPECTION_JWT_TYPE, `text/html, ${INTROSPECTION_JWT_TYPE} ; q=0.5`])(
    '§4 is asked for by %s',
    (accept) => {
      expect(signedIntrospection.isFor(caller, accept)).toBe(true);
      expect(signedIntrospection.isFor(appLike(), accept)).toBe(false);
    },
  );

  it.each([undefined, '', '*/*', 'application/json', 'token-introspection+jwt', `${INTROSPECTION_JWT_TYPE};q=0`])(
    '§4 is not asked for by %s',
    (accept) => {
      expect(signedIntrospection.isFor(caller, accept)).toBe(false);
    },
  );

  it('§5 is for the caller, and says in one member what introspection says', async () => {
    const jwt = await signedIntrospection.sign(tenant, caller, { active: true, sub: 'ada' });
    expect(signed(jwt)).toEqual({
      algorithm: 'ES256',
      type: 'token-introspection+jwt',
      claims: {
        iss: tenant.issuer,
        aud: caller.client_id,
        iat: NOW_SECONDS,
        token_introspection: { active: true, sub: 'ada' },
      },
    });
  });
});
