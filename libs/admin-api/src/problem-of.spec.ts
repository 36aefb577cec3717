import { errorCodes } from 'fastify';
import { problemOf } from './problem-of';

const { FST_ERR_CTP_EMPTY_JSON_BODY: Empty, FST_ERR_CTP_INVALID_JSON_BODY: Malformed } = errorCodes;

describe('what an exception may say to the outside', () => {
  it.each([
    ['an empty body that says it is JSON', new Empty(), 'invalid-input', /empty: leave Content-Type out/],
    ['a body that is no JSON', new Malformed(), 'invalid-input', /is no JSON/],
    ['an error that nobody foresaw', new Error('secret'), 'internal-error', /^(?!.*secret)/],
    ['what is thrown and no error', 'secret', 'internal-error', /^(?!.*secret)/],
  ])('RFC 9457 §3 tells the sender of %s', (_what, exception, slug, detail) => {
    expect(problemOf(exception)).toMatchObject({ slug, message: expect.stringMatching(detail) });
  });
});
