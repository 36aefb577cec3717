// The house rules as errors. Nothing is switched off in a source file: `noInlineConfig` below sees to it.
const { defineConfig } = require('eslint/config');
const tseslint = require('typescript-eslint');
const { houseRules } = require('./tools/eslint-rules/index.mjs');

const call = (name, message) => ({ selector: `CallExpression[callee.property.name="${name}"]`, message });
const noSave = call('save', 'save() reads before it writes; use insert(), update() or a statement.');
const noRawSql = [
  call('query', 'Raw SQL belongs in a *.repository.ts or in libs/database.'),
  call('createQueryBuilder', 'Query builders belong in a *.repository.ts or in libs/database.'),
];
const processEnv = 'Only apps/idp/src/config/env.ts reads the environment; take what you need as injected options.';
const noEnvironment = {
  'no-restricted-properties': ['error', { object: 'process', property: 'env', message: processEnv }],
  'no-restricted-imports': [
    'error',
    { paths: ['node:process', 'process'].map((name) => ({ name, importNames: ['env'], message: processEnv })) },
  ],
};

const limits = {
  'max-lines': ['error', 250],
  'max-lines-per-function': ['error', 50],
  complexity: ['error', 10],
  'tokenidp/max-params': 'error',
  'tokenidp/no-vague-folders': 'error',
  'no-restricted-exports': [
    'error',
    { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
  ],
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-var': 'error',
  'prefer-const': 'error',
  'no-empty': 'error',
  'no-fallthrough': 'error',
  'object-shorthand': ['error', 'properties'],
};

const typed = {
  '@typescript-eslint/await-thenable': 'error',
  // Files with decorators are skipped by the rule itself, because emitDecoratorMetadata needs their imports as values.
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  // TypeORM and Nest name classes by `Function`.
  '@typescript-eslint/no-unsafe-function-type': 'off',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

const specs = ['**/*spec.{ts,tsx,mjs}', 'test/**'];

module.exports = defineConfig(
  {
    ignores: ['**/node_modules/', '**/dist/', 'data/', 'coverage/', 'apps/admin-web/src/api/generated/'],
  },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    plugins: { tokenidp: houseRules },
    rules: limits,
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: typed,
  },
  {
    files: ['{libs,apps/idp}/**/*.{ts,tsx}', 'test/**/*.ts'],
    rules: { ...noEnvironment, 'tokenidp/guarded-controllers': 'error' },
  },
  {
    files: ['{libs,apps/idp}/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', noSave, ...noRawSql], 'no-console': 'error' },
  },
  // One grant, one rule, one place: what a file may grow to before it does two things, and what only one file may know.
  {
    files: ['{libs,apps/idp}/**/*.{ts,tsx}'],
    ignores: [
      ...['**/*spec.{ts,tsx}', 'libs/*/test/**', '**/migrations/**'],
      ...['libs/clients/src/security-profiles.ts', 'libs/tenancy/src/tenant-settings.ts'],
    ],
    rules: { 'tokenidp/no-grant-switch': 'error', 'tokenidp/no-profile-names': 'error' },
  },
  {
    files: ['libs/oauth/src/grants/*.grant.ts'],
    rules: { 'max-lines': ['error', 120] },
  },
  {
    files: ['libs/oauth/src/rules/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'max-lines': ['error', 60] },
  },
  { files: ['**/*.repository.ts', 'libs/database/**'], rules: { 'no-restricted-syntax': ['error', noSave] } },
  {
    files: ['apps/idp/src/config/env.ts', 'test/support/**'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  // What speaks to the terminal before there is a logger, or instead of one.
  { files: ['apps/idp/src/{main,cli,conformance/main}.ts', 'apps/idp/src/cli/**'], rules: { 'no-console': 'off' } },
  // A describe block is a list, not a function: its cases are held by max-lines.
  { files: specs, rules: { 'max-lines-per-function': 'off' } },
  { files: ['*.config.{js,ts}', 'apps/*/*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
);
