import { refusalOf } from '../../test/samples';
import { Parameters } from './form-parameters';

const RESOURCE = new Set(['resource']);

describe('form parameters', () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&b=', { a: '1' }],
    ['a&b=2', { b: '2' }],
    ['a=&a=1', { a: '1' }],
    ['a=b%3Dc&d=x+y%2Bz', { a: 'b=c', d: 'x y+z' }],
    ['a=b=c', { a: 'b=c' }],
    ['%61=1', { a: '1' }],
    ['&&a=1&', { a: '1' }],
    ['resource=x&resource=y', { resource: ['x', 'y'] }],
    ['', {}],
    [undefined, {}],
    [null, {}],
    [{ a: '1', b: '' }, { a: '1' }],
    [{ resource: ['x', 'y'] }, { resource: ['x', 'y'] }],
  ])('S-014 OAuth 2.1 §3.2 reads %j', (source, expected) => {
    expect(Parameters.parse(source as string, RESOURCE).toJSON()).toEqual(expected);
  });

  it.each([
    ['a duplicate', 'a=1&a=1'],
    ['a duplicate written otherwise', 'a=1&%61=2'],
    ['an array of Fastify', { a: ['1', '2'] }],
    ['an object of Fastify', { a: { b: '1' } }],
    ['a number', { a: 1 }],
    ['NUL', 'a=%00'],
    ['a lone surrogate', { a: '\ud800' }],
    ['bytes that are no UTF-8', 'a=%FF'],
    ['a broken escape', 'a=%4'],
    ['too many parameters', 'a=1&'.repeat(101)],
  ])('S-014 OAuth 2.1 §3.2 refuses %s', async (_, source) => {
    expect(await refusalOf(() => Parameters.parse(source as string))).toBe('invalid_request');
  });

  it('RFC 6749 §4.1.2.1 leaves out what is at fault, so that the rest can say where to answer', () => {
    const { parameters, fault } = Parameters.read('client_id=app&state=1&state=2&scope=x');
    expect(fault?.description).toBe('state was sent more than once');
    expect(parameters.toJSON()).toEqual({ client_id: 'app', scope: 'x' });
  });

  it('RFC 6749 §4.1.2.1 does not repeat a hostile name', () => {
    expect(Parameters.read('<b>=1&<b>=2').fault?.description).toBe('A parameter was sent more than once');
  });

  it('is restored from what was stored', () => {
    const stored = Parameters.parse('a=1&resource=x&resource=y', RESOURCE).toJSON();
    const restored = Parameters.restore(JSON.parse(JSON.stringify(stored)));
    expect(restored.get('a')).toBe('1');
    expect(restored.all('resource')).toEqual(['x', 'y']);
    expect(restored.all('b')).toEqual([]);
  });
});
