import { randomUserCode, readUserCode } from './user-code';

const FORM = /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/;

describe('RFC 8628 §6.1 S-155 user codes', () => {
  it('have eight letters of twenty, each of them at every place', () => {
    const codes = Array.from({ length: 1000 }, randomUserCode);
    for (const code of codes) expect(code).toMatch(FORM);
    expect(new Set(codes).size).toBe(1000);
    for (const place of [0, 1, 2, 3, 5, 6, 7, 8]) expect(new Set(codes.map((code) => code[place])).size).toBe(20);
  });

  it.each([
    ['WDJB-MJHT', 'WDJB-MJHT'],
    ['wdjbmjht', 'WDJB-MJHT'],
    [' wdjb mjht ', 'WDJB-MJHT'],
    ['W D J B – M J H T', 'WDJB-MJHT'],
    ['WDJB.MJHT!', 'WDJB-MJHT'],
    ['ＷＤＪＢ－ＭＪＨＴ', 'WDJB-MJHT'],
    ['WDJBA-MJHT', 'WDJB-MJHT'],
  ])('reads %j as %j', (typed, code) => {
    expect(readUserCode(typed)).toBe(code);
  });

  it.each(['', '   ', 'WDJB-MJH', 'WDJB-MJHTT', '12345678', 'AEIO-UAEI', '\u202eWDJB'])(
    'reads nothing in %j',
    (typed) => {
      expect(readUserCode(typed)).toBeNull();
    },
  );
});
