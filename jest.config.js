// One configuration; `tools/test.mjs` picks the suite. TypeScript passes through swc; packages are loaded by Node.
const { readFileSync } = require('node:fs');

const swc = { ...JSON.parse(readFileSync('.swcrc', 'utf8')), swcrc: false, sourceMaps: 'inline' };
delete swc.$schema;

const shared = {
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  setupFiles: ['reflect-metadata'],
  transform: { '\\.tsx?$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/(apps|libs)/.*/dist/'],
};

const suite = (name, testMatch) => ({ ...shared, displayName: name, testMatch });

module.exports = {
  projects: [
    suite('unit', ['<rootDir>/{apps,libs}/**/*.spec.{ts,tsx}']),
    suite('contract', ['<rootDir>/test/contract/**/*.contract-spec.ts']),
    suite('migrations', ['<rootDir>/test/migrations/**/*.migration-spec.ts']),
    suite('e2e', ['<rootDir>/test/e2e/**/*.e2e-spec.ts']),
    suite('security', ['<rootDir>/test/security/**/*.security-spec.ts']),
    suite('race', ['<rootDir>/test/race/**/*.race-spec.ts']),
  ],
  testTimeout: 60_000,
  // Packages that remember classes keep those of every file alive; a worker that has grown is replaced.
  workerIdleMemoryLimit: '1GB',
};
