// One configuration; `tools/test.mjs` picks the suite. TypeScript passes through swc; packages are loaded by Node.
const { globSync, readFileSync } = require('node:fs');

const swc = { ...JSON.parse(readFileSync('.swcrc', 'utf8')), swcrc: false, sourceMaps: 'inline' };
delete swc.$schema;

/** What a lib names in its index is loaded by a unit spec that uses it, and by no other; elsewhere as the server does. */
const indexes = globSync('libs/*/src/index.ts').map((path) => readFileSync(path, 'utf8'));
const named = indexes.flatMap((text) => [...text.matchAll(/ from '(\.[^']+)'/g)].map(([, name]) => name));
const lazy = [...new Set([...named, ...globSync('libs/*').map((path) => `@tokenidp/${path.slice('libs/'.length)}`)])];
const lazySwc = { ...swc, module: { ...swc.module, lazy: lazy.sort() } };

const shared = {
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  setupFiles: ['reflect-metadata'],
  transform: { '\\.tsx?$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/(apps|libs)/.*/dist/'],
};

const suite = (name, testMatch, options) => ({ ...shared, displayName: name, testMatch, ...options });

module.exports = {
  projects: [
    suite('unit', ['<rootDir>/{apps,libs}/**/*.spec.{ts,tsx}'], { transform: { '\\.tsx?$': ['@swc/jest', lazySwc] } }),
    suite('contract', ['<rootDir>/test/contract/**/*.contract-spec.ts']),
    suite('migrations', ['<rootDir>/test/migrations/**/*.migration-spec.ts']),
    suite('e2e', ['<rootDir>/test/e2e/**/*.e2e-spec.ts']),
    suite('security', ['<rootDir>/test/security/**/*.security-spec.ts']),
    suite('race', ['<rootDir>/test/race/**/*.race-spec.ts']),
  ],
  testTimeout: 60_000,
  // Packages that remember classes keep those of every file alive; a worker that has grown is replaced.
  workerIdleMemoryLimit: '2GB',
};
