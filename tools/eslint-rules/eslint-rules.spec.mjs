import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { houseRules } from './index.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });
const { rules } = houseRules;

tester.run('guarded-controllers', rules['guarded-controllers'], {
  valid: [
    `@Controller('token') @Public() export class TokenController {}`,
    `@UseGuards(BearerGuard) @Controller('clients') class ClientsController {}`,
    `@Nest.Controller() @Nest.UseGuards(A, B) class ClientsController {}`,
    `@Injectable() class ClientsService {}`,
    `class Plain {}`,
  ],
  invalid: [
    {
      code: `@Controller('clients') export class ClientsController {}`,
      errors: [{ messageId: 'unguarded', data: { name: 'ClientsController' } }],
    },
    { code: `@Controller() class A { @Public() @Get() list() {} }`, errors: [{ messageId: 'unguarded' }] },
    { code: `const a = @Controller() class {}`, errors: [{ messageId: 'unguarded' }] },
  ],
});

tester.run('max-params', rules['max-params'], {
  valid: [
    `function four(a, b, c, d) {}`,
    `function typed(this: Window, a, b, c, d) {}`,
    `@Injectable() class S { constructor(private a: A, b: B, c: C, d: D, e: E) {} }`,
  ],
  invalid: [
    { code: `function five(a, b, c, d, e) {}`, errors: [{ messageId: 'tooMany', data: { count: '5', most: '4' } }] },
    { code: `const f = (a, b, c, d, e = 1) => a`, errors: [{ messageId: 'tooMany' }] },
    { code: `@Injectable() class S { find(a, b, c, d, e) {} }`, errors: [{ messageId: 'tooMany' }] },
    { code: `class Plain { constructor(a, b, c, d, e) {} }`, errors: [{ messageId: 'tooMany' }] },
    { code: `abstract class P { abstract find(a, b, c, d, e): void }`, errors: [{ messageId: 'tooMany' }] },
    { code: `interface P { find(a: A, b: B, c: C, d: D, e: E): void }`, errors: [{ messageId: 'tooMany' }] },
  ],
});

const file = (path) => `${process.cwd()}/${path}`;
tester.run('no-vague-folders', rules['no-vague-folders'], {
  valid: [
    { code: '', filename: file('libs/kernel/src/secrets/hash.ts') },
    { code: '', filename: file('libs/kernel/src/types.ts') },
    { code: '', filename: file('libs/kernel/src/uncommon/a.ts') },
  ],
  invalid: ['utils', 'helpers', 'common', 'types'].map((folder) => ({
    code: '',
    filename: file(`libs/kernel/src/${folder}/a.ts`),
    errors: [{ messageId: 'vague', data: { folder } }],
  })),
});

tester.run('no-grant-switch', rules['no-grant-switch'], {
  valid: [
    `switch (decision.kind) { case 'login': break; }`,
    `switch (state) { case 'next': break; }`,
    `const grant = registry.get(form.get('grant_type'));`,
  ],
  invalid: [
    `switch (grantType) { default: }`,
    `switch (request.grant_type) { default: }`,
    `switch (form.get('grant_type')) { default: }`,
    `switch (form['grant_type']!) { default: }`,
    `switch (wanted) { case 'refresh_token': break; }`,
    `switch (wanted) { case 'urn:openid:params:grant-type:ciba': break; }`,
  ].map((code) => ({ code, errors: [{ messageId: 'grant' }] })),
});

tester.run('no-profile-names', rules['no-profile-names'], {
  valid: [`if (client.require_pushed_authorization_requests) refuse();`, `const text = 'the baseline of the text';`],
  invalid: [
    [`if (client.security_profile === 'fapi2-security') refuse();`, 'fapi2-security'],
    ['const name = `fapi-ciba`;', 'fapi-ciba'],
    [`const lifetimes = { oauth21: 60 };`, 'oauth21'],
    [`switch (profile) { case 'baseline': break; }`, 'baseline'],
  ].map(([code, name]) => ({ code, errors: [{ messageId: 'name', data: { name } }] })),
});
