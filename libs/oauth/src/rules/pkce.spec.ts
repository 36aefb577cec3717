import { CHALLENGE, clientLike, refusalOf, requestLike, VERIFIER } from '../../test/samples';
import { checkCodeVerifier, pkce } from './pkce';

const publicClient = clientLike({ isConfidential: false, require_pkce: false });
const lenient = clientLike({ require_pkce: false });
const S256 = 'code_challenge_method=S256';

describe('code_challenge', () => {
  it('RFC 7636 §4.3 keeps an S256 challenge', () => {
    const request = requestLike(`code_challenge=${CHALLENGE}&${S256}`);
    pkce(request);
    expect(request.codeChallenge).toBe(CHALLENGE);
  });

  it('OAuth 2.1 §4.1.1 lets a confidential client without PKCE pass when it is registered so', () => {
    const request = requestLike('', { client: lenient });
    pkce(request);
    expect(request.codeChallenge).toBeUndefined();
  });

  it.each([
    ['none', '', clientLike()],
    ['none of a public client, whatever is registered', '', publicClient],
    ['plain', `code_challenge=${CHALLENGE}&code_challenge_method=plain`, clientLike()],
    ['no method', `code_challenge=${CHALLENGE}`, clientLike()],
    ['an unknown method', `code_challenge=${CHALLENGE}&code_challenge_method=s256`, clientLike()],
    ['a method without a challenge', S256, lenient],
    ['plain of a client that needs none', `code_challenge=${CHALLENGE}&code_challenge_method=plain`, lenient],
  ])('S-032 OAuth 2.1 §4.1.1, RFC 9700 §2.1.1 refuses %s', async (_, query, client) => {
    expect(await refusalOf(() => pkce(requestLike(query, { client })))).toBe('invalid_request');
  });

  it.each([
    ['42 characters', 'a'.repeat(42)],
    ['129 characters', 'a'.repeat(129)],
    ['an equals sign', `${'a'.repeat(42)}=`],
    ['other letters', `${'a'.repeat(42)}é`],
    ['a space', `${'a'.repeat(42)} `],
  ])('S-034 RFC 7636 §4.2 refuses a challenge of %s', async (_, challenge) => {
    const query = `code_challenge=${encodeURIComponent(challenge)}&${S256}`;
    expect(await refusalOf(() => pkce(requestLike(query)))).toBe('invalid_request');
  });
});

describe('code_verifier', () => {
  it('RFC 7636 §4.6 accepts the verifier of the challenge (Appendix B)', () => {
    expect(() => checkCodeVerifier(VERIFIER, CHALLENGE)).not.toThrow();
  });

  it('S-033 RFC 9700 §4.8.2 accepts no verifier where there was no challenge', () => {
    expect(() => checkCodeVerifier(undefined, null)).not.toThrow();
  });

  it.each([
    ['RFC 7636 §4.6 refuses a code_verifier that does not match', `${VERIFIER}x`, CHALLENGE],
    ['RFC 7636 §4.6 refuses the challenge as its own verifier', CHALLENGE, CHALLENGE],
    ['S-033 refuses a missing verifier', undefined, CHALLENGE],
    ['S-033 RFC 9700 §4.8.2 refuses a verifier without a challenge', VERIFIER, null],
    ['S-034 RFC 7636 §4.1 refuses a verifier that is too short', 'a'.repeat(42), CHALLENGE],
    ['S-034 RFC 7636 §4.1 refuses a verifier that is too long', 'a'.repeat(129), CHALLENGE],
  ])('%s', async (_, verifier, challenge) => {
    expect(await refusalOf(() => checkCodeVerifier(verifier, challenge))).toBe('invalid_grant');
  });
});
