// One configuration; `tools/test.mjs` picks the suite. TypeScript and the ESM-only packages pass through swc.
const { readFileSync } = require('node:fs');

/** Packages that only ship ES modules, read from what npm installed, so that the list is never out of date. */
function esmPackages() {
  const lock = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8'));
  const names = Object.keys(lock.packages)
    .filter((path) => path.startsWith('node_modules/'))
    .filter((path) => {
      try {
        return JSON.parse(readFileSync(`${path}/package.json`, 'utf8')).type === 'module';
      } catch {
        return false;
      }
    })
    .map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  return [...new Set([...names, 'preact', 'preact-render-to-string'])];
}

const swc = { ...JSON.parse(readFileSync('.swcrc', 'utf8')), swcrc: false, sourceMaps: 'inline' };
delete swc.$schema;

const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
  setupFiles: ['reflect-metadata'],
  transform: { '\\.(ts|tsx|js|mjs|jsx)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages().join('|')})/)`],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // One file instead of two hundred, in every test that loads Nest.
    '^rxjs(/operators)?$': '<rootDir>/test/support/rxjs$1.cjs',
  },
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
};
