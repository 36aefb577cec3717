import type { FastifyRequest } from 'fastify';
import { readForm } from './forms';

const request = (body: unknown, type?: string): FastifyRequest =>
  ({ body, headers: { 'content-type': type } }) as unknown as FastifyRequest;

describe('readForm', () => {
  it.each(['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded; charset=UTF-8'])(
    'OAuth 2.1 §3.1 reads %s',
    (type) => {
      expect(readForm(request('a=1&b=%C3%A9', type)).get('b')).toBe('é');
    },
  );

  it.each([
    ['application/json', '{}'],
    ['text/plain', 'a=1'],
    ['application/x-www-form-urlencoded-not', 'a=1'],
    [undefined, undefined],
  ])('S-015 refuses %s', (type, body) => {
    expect(() => readForm(request(body, type))).toThrow(expect.objectContaining({ status: 415 }));
  });

  it('S-014 a field sent twice is no field', () => {
    expect(readForm(request('a=1&a=2&b=3', 'application/x-www-form-urlencoded')).names()).toEqual(['b']);
  });
});
