import { type Confirmation, confirmationOf, isProven, tokenTypeOf } from './confirmation';

const jkt = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
const x5t = { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' };

describe('RFC 7800 §3.1 the confirmation of a token', () => {
  it.each<[string, Confirmation | undefined, string]>([
    ['without a key', undefined, 'Bearer'],
    ['bound by DPoP', { jkt }, 'DPoP'],
    ['bound to a certificate', x5t, 'Bearer'],
    ['bound to both', { jkt, ...x5t }, 'DPoP'],
  ])('RFC 9449 §5, RFC 8705 §3.1 a token %s is presented as its type says', (_name, confirmation, type) => {
    expect(tokenTypeOf(confirmation)).toBe(type);
  });

  it.each([
    [{ cnf: { jkt } }, { jkt }],
    [{ sub: 'ada' }, undefined],
    [{ cnf: null }, undefined],
    [{ cnf: 'jkt' }, undefined],
  ])('is read from the claims %j', (claims, expected) => expect(confirmationOf(claims)).toEqual(expected));

  it.each<[string, Confirmation | null | undefined, Confirmation | undefined, boolean]>([
    ['nothing, by nobody', undefined, undefined, true],
    ['nothing stored, by anybody', null, { jkt }, true],
    ['the key, by its holder', { jkt }, { jkt }, true],
    ['the key, by the holder of another', { jkt }, { jkt: jkt.toLowerCase() }, false],
    ['the key, by nobody', { jkt }, undefined, false],
    ['the key, by a certificate', { jkt }, x5t, false],
    ['both, by both', { jkt, ...x5t }, { jkt, ...x5t }, true],
    ['both, by one', { jkt, ...x5t }, { jkt }, false],
  ])('RFC 9449 §6 proves %s: %#', (_name, bound, proven, expected) => {
    expect(isProven(bound, proven)).toBe(expected);
  });
});
