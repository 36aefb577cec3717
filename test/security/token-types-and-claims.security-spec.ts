import { CompactSign, decodeJwt } from 'jose';
import { basic, postForm, send } from '../support/http';
import { ACCESS_TOKEN_PLACES, FOREIGN_PLACES, JwtPlaces, type Place, PLACES } from '../support/jwt-places';

const OURS = PLACES.filter((place) => !FOREIGN_PLACES.includes(place));

describe('JWTs in the wrong place, and with the wrong claims', () => {
  let places: JwtPlaces;

  beforeAll(async () => {
    places = await JwtPlaces.start();
  });

  afterAll(() => places?.close());

  describe('S-093 each kind in its own place', () => {
    const kinds: Record<string, () => Promise<string> | string> = {
      'an ID token': () => places.tokens.id_token!,
      'an access token': () => places.tokens.access_token,
      'a logout token': () => places.signed('logout+jwt', { ...decodeJwt(places.tokens.id_token!), events: {} }),
      'a userinfo answer': async () =>
        (
          await send(`${places.suite.tenant.issuer}/userinfo`, {
            headers: { authorization: `Bearer ${places.tokens.access_token}` },
          })
        ).text,
      'an assertion': () => places.suite.sign(places.suite.claims(places.keyed)),
      'an assertion of who asks': () => places.suite.sign(places.suite.claims(places.asking)),
      'a request object': () => places.right('request'),
      'an assertion that says it is a request object': () =>
        places.suite.sign(places.suite.claims(places.keyed), { typ: 'oauth-authz-req+jwt' }),
      'a request object that says it is a proof': async () =>
        places.suite.sign(await places.requestClaims(), { typ: 'dpop+jwt' }),
      'an introspection answer': async () => {
        const { client, secret } = places.flow.app;
        const headers = { ...basic(client.client_id, secret), accept: 'application/token-introspection+jwt' };
        const form = { token: places.tokens.access_token };
        return (await postForm(`${places.suite.tenant.issuer}/introspect`, form, headers)).text;
      },
      'an assertion of an issuer': () => places.outside.assertion('ada'),
      'a login hint token': () => places.hintToken(),
      'a request in the backchannel': () => places.right('backchannel request'),
      'a DPoP proof': () =>
        places.suite.sign(
          { ...places.suite.claims(places.keyed), htm: 'POST', htu: places.suite.tenant.issuer },
          { typ: 'dpop+jwt' },
        ),
      'a logout token of a client': () => places.suite.sign(places.suite.claims(places.keyed), { typ: 'logout+jwt' }),
    };
    const taken: Record<Place, string | readonly string[]> = {
      userinfo: 'an access token',
      introspection: 'an access token',
      id_token_hint: 'an ID token',
      logout: 'an ID token',
      assertion: 'an assertion',
      request: 'a request object',
      subject_token: 'an access token',
      'subject_token (ID token)': 'an ID token',
      actor_token: 'an access token',
      'grant assertion': 'an assertion of an issuer',
      'backchannel id_token_hint': 'an ID token',
      'backchannel request': 'a request in the backchannel',
      // CIBA Core §7.1 gives a hint no type: what an issuer says of somebody is one, and no more than a hint.
      login_hint_token: ['a login hint token', 'an assertion of an issuer'],
    };

    it.each(PLACES.flatMap((place) => Object.keys(kinds).map((kind) => [kind, place] as const)))(
      'S-093 %s at %s',
      async (kind, place) => {
        expect(await places.isTaken(place, await kinds[kind]!())).toBe([taken[place]].flat().includes(kind));
      },
    );
  });

  describe('S-094 claims of the one right type, even when the signature is ours', () => {
    const claimsFor = async (place: Place) => decodeJwt(await places.right(place));
    const resigned = async (place: Place, changed: object): Promise<string> => {
      const claims = JSON.parse(JSON.stringify({ ...(await claimsFor(place)), ...changed })) as object;
      return places.signed(ACCESS_TOKEN_PLACES.includes(place) ? 'at+jwt' : 'JWT', claims);
    };
    const wrong: [string, (claims: Record<string, unknown>) => object][] = [
      ['iss as a list', ({ iss }) => ({ iss: [iss] })],
      ['another iss', ({ iss }) => ({ iss: `${String(iss)}/` })],
      ['no iss', () => ({ iss: undefined })],
      ['aud as an object', ({ aud }) => ({ aud: { 0: aud, length: 1 } })],
      ['no aud', () => ({ aud: undefined })],
      ['exp as a text', ({ exp }) => ({ exp: String(exp) })],
      ['exp as a list', ({ exp }) => ({ exp: [exp] })],
      ['no exp', () => ({ exp: undefined })],
      ['nbf as a text', () => ({ nbf: '0' })],
      ['nbf an hour ahead', ({ exp }) => ({ nbf: Number(exp) + 3600 })],
      ['sub as a list', ({ sub }) => ({ sub: [sub] })],
      ['sub as an object', () => ({ sub: {} })],
      ['iat as a text', ({ iat }) => ({ iat: String(iat) })],
    ];

    it.each(OURS)('S-094 at %s the same claims signed anew are taken', async (place) => {
      expect(await places.isTaken(place, await resigned(place, {}))).toBe(true);
    });

    it.each(OURS.flatMap((place) => wrong.map(([name, change]) => [place, name, change] as const)))(
      'S-094 at %s: %s',
      async (place, _name, change) => {
        expect(await places.isTaken(place, await resigned(place, change(await claimsFor(place))))).toBe(false);
      },
    );

    it.each(wrong)('S-094 at assertion, signed by the client: %s', async (_name, change) => {
      const right = places.suite.claims(places.keyed) as Record<string, unknown>;
      const assertion = await places.suite.sign({ ...right, ...change(right) } as never);
      expect(await places.isTaken('assertion', assertion)).toBe(false);
    });

    it.each(wrong)('S-094 at request, signed by the client: %s', async (_name, change) => {
      const right = (await places.requestClaims()) as Record<string, unknown>;
      const request = await places.suite.sign({ ...right, ...change(right) } as never);
      expect(await places.isTaken('request', request)).toBe(false);
    });

    it.each(wrong)('S-094 at backchannel request, signed by the client: %s', async (name, change) => {
      const right = decodeJwt(await places.right('backchannel request')) as Record<string, unknown>;
      const request = await places.suite.sign({ ...right, ...change(right) } as never);
      // CIBA Core §7.1.1: it is about no subject.
      expect(await places.isTaken('backchannel request', request)).toBe(name.startsWith('sub '));
    });

    it.each([
      ['a list', (claims: object) => [claims]],
      ['a text', (claims: object) => JSON.stringify(claims)],
      ['nothing', () => null],
    ])('S-094 at assertion, signed by the client: a payload that is %s', async (_name, payload) => {
      const { key } = places.suite;
      const bytes = Buffer.from(JSON.stringify(payload(places.suite.claims(places.keyed))));
      const header = { alg: key.alg, kid: key.kid };
      const assertion = await new CompactSign(bytes).setProtectedHeader(header).sign(key.privateKey);
      expect(await places.isTaken('assertion', assertion)).toBe(false);
    });
  });
});
