import { contextLike, refusalOf, requestLike, tenant } from '../../test/samples';
import { prompt } from './prompt';

const settings = { ...tenant.settings, userRegistration: 'open' as const };
const open = contextLike({ tenant: { ...tenant, settings } });

describe('prompt', () => {
  it.each([
    ['', []],
    ['none', ['none']],
    ['login', ['login']],
    ['consent login', ['login', 'consent']],
    ['select_account', ['select_account']],
    ['register', []],
    ['LOGIN', []],
  ])('OIDC Core §3.1.2.1 narrows %j to %j', (value, expected) => {
    const request = requestLike({ prompt: value });
    prompt(request, contextLike());
    expect([...request.prompts]).toEqual(expected);
  });

  it.each(['none login', 'consent none', 'none create', 'none none'])(
    'OIDC Core §3.1.2.1 refuses %j: none stands alone',
    async (value) => {
      expect(await refusalOf(() => prompt(requestLike({ prompt: value }), open))).toBe('invalid_request');
    },
  );

  it.each([
    ['create', ['create']],
    ['create consent', ['consent', 'create']],
    ['login create', ['login', 'create']],
  ])('Initiating User Registration §4 narrows %j to %j where people may register', (value, expected) => {
    const request = requestLike({ prompt: value });
    prompt(request, open);
    expect([...request.prompts]).toEqual(expected);
  });

  it.each(['create', 'login create'])('Initiating User Registration §4 refuses %j elsewhere', async (value) => {
    expect(await refusalOf(() => prompt(requestLike({ prompt: value }), contextLike()))).toBe('invalid_request');
  });
});
