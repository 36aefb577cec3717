import { refusalOf, requestLike } from '../../test/samples';
import { prompt } from './prompt';

describe('prompt', () => {
  it.each([
    ['', []],
    ['none', ['none']],
    ['login', ['login']],
    ['consent login', ['login', 'consent']],
    ['select_account', ['select_account']],
    ['create', []],
    ['login create', ['login']],
    ['LOGIN', []],
  ])('OIDC Core §3.1.2.1 narrows %j to %j', (value, expected) => {
    const request = requestLike({ prompt: value });
    prompt(request);
    expect([...request.prompts]).toEqual(expected);
  });

  it.each(['none login', 'consent none', 'none create', 'none none'])(
    'OIDC Core §3.1.2.1 refuses %j: none stands alone',
    async (value) => {
      expect(await refusalOf(() => prompt(requestLike({ prompt: value })))).toBe('invalid_request');
    },
  );
});
