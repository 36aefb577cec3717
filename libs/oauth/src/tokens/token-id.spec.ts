import { AUTHORIZATION_ID } from '../../test/token-samples';
import { authorizationOfTokenId, newTokenId } from './token-id';

describe('RFC 9068 §2.2 the jti of an access token', () => {
  it('begins with the authorization of a user', () => {
    const jti = newTokenId(AUTHORIZATION_ID);
    expect(jti).toMatch(new RegExp(`^${AUTHORIZATION_ID}\\.[\\w-]{22}$`));
    expect(authorizationOfTokenId(jti)).toBe(AUTHORIZATION_ID);
  });

  it('S-040 is random alone for a client itself, and never the same', () => {
    const ids = Array.from({ length: 1000 }, () => newTokenId());
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every((jti) => /^[\w-]{22}$/.test(jti) && authorizationOfTokenId(jti) === undefined)).toBe(true);
  });

  it.each(['', 'a.b', `${AUTHORIZATION_ID}`, `${AUTHORIZATION_ID.toUpperCase()}.x`, "'; DROP TABLE x; --.y"])(
    '%p names no authorization',
    (jti) => {
      expect(authorizationOfTokenId(jti)).toBeUndefined();
    },
  );
});
