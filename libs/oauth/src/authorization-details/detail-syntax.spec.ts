import { refusalOf } from '../../test/samples';
import { canonicalJson, parseDetails } from './detail-syntax';

const nested = (depth: number): object => (depth === 0 ? {} : { x: nested(depth - 1) });

describe('RFC 9396 §2 the text of authorization_details', () => {
  it('is an array of objects with a type, or absent', () => {
    expect(parseDetails('[{"type":"a","x":1}]')).toEqual([{ type: 'a', x: 1 }]);
    expect(parseDetails(undefined)).toBeUndefined();
  });

  it.each([
    ['no JSON', '[{'],
    ['no array', '{"type":"a"}'],
    ['nothing', '[]'],
    ['a text', '["a"]'],
    ['null', '[null]'],
    ['a list', '[["a"]]'],
    ['no type', '[{"x":1}]'],
    ['a type that is no text', '[{"type":["a"]}]'],
    ['too many', JSON.stringify(Array.from({ length: 21 }, () => ({ type: 'a' })))],
    ['too long', JSON.stringify([{ type: 'a', x: 'x'.repeat(16_384) }])],
    ['too deep', JSON.stringify([{ type: 'a', x: nested(6) }])],
  ])('§5 is refused when it is %s', async (_name, text) => {
    await expect(refusalOf(() => parseDetails(text))).resolves.toBe('invalid_authorization_details');
  });

  it('has one canonical form', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      canonicalJson({ a: true, b: [1, { c: 'x', d: null }] }),
    );
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson({ a: 1 })).not.toBe(canonicalJson({ a: '1' }));
  });
});
