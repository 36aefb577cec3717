// Proves that the import law bites: a small tree with one bad import a case, judged by the real configuration.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from './install.mjs';

const libs = ['kernel', 'database', 'tenancy', 'audit', 'keys', 'clients', 'users', 'oauth', 'login'];
const folder = mkdtempSync(join(tmpdir(), 'tokenidp-law-'));

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs the law once over the whole tree: file → the names of the rules it breaks. */
function judge() {
  const script = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [script, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'libs', 'apps'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  return Map.groupBy(JSON.parse(stdout).summary.violations, ({ from }) => from);
}

const cases = [
  ['libs/login/src/fine.ts', `import '@tokenidp/oauth'; import './inner';`, []],
  ['libs/kernel/src/type.ts', `import type { Door } from '@tokenidp/database'; export type X = Door;`, ['libs/kernel']],
  ['libs/keys/src/sibling.ts', `import '@tokenidp/clients';`, ['libs/keys']],
  ['libs/oauth/src/upward.ts', `import '@tokenidp/login';`, ['libs/oauth']],
  ['libs/oauth/src/deep.ts', `import '@tokenidp/keys/src/inner';`, ['resolvable']],
  ['libs/oauth/src/path.ts', `import '../../keys/src/inner';`, ['front-door-only', 'no-relative-path-to-another-lib']],
  ['libs/oauth/src/index-by-path.ts', `import '../../keys/src/index';`, ['no-relative-path-to-another-lib']],
  ['libs/login/src/app.ts', `import '../../../apps/idp/src/main';`, ['libs-import-no-app']],
  ['apps/idp/src/fine.ts', `import '@tokenidp/oauth';`, []],
  [
    'apps/idp/src/path.ts',
    `import '../../../libs/keys/src/inner';`,
    ['front-door-only-apps', 'no-relative-path-to-a-lib'],
  ],
  ['apps/admin-web/src/lib.ts', `import '@tokenidp/kernel';`, ['admin-web-imports-no-lib']],
  ['libs/keys/src/cycle.ts', `import './cycle';`, ['no-cycles']],
  ['apps/idp/src/unknown.ts', `import '@tokenidp/extra';`, ['known-lib']],
];
let verdict;

before(() => {
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    cpSync(join(root, file), join(folder, file));
  }
  mkdirSync(join(folder, 'node_modules/@tokenidp'), { recursive: true });
  symlinkSync(join(root, 'node_modules/typescript'), join(folder, 'node_modules/typescript'));
  for (const lib of [...libs, 'extra']) {
    const manifest = { name: `@tokenidp/${lib}`, version: '0.1.0', exports: { '.': { source: './src/index.ts' } } };
    write(`libs/${lib}/package.json`, JSON.stringify(manifest));
    write(`libs/${lib}/src/index.ts`, `export interface Door {}\n`);
    write(`libs/${lib}/src/inner.ts`, `export interface Inner {}\n`);
    symlinkSync(join(folder, 'libs', lib), join(folder, 'node_modules/@tokenidp', lib));
  }
  for (const app of ['idp', 'admin-web']) {
    const dependencies = Object.fromEntries([...libs, 'extra'].map((lib) => [`@tokenidp/${lib}`, '0.1.0']));
    write(`apps/${app}/package.json`, JSON.stringify({ name: `@tokenidp/${app}`, dependencies }));
  }
  write('apps/idp/src/main.ts', '');
  for (const [path, text] of cases) write(path, text);
  verdict = judge();
});
after(() => rmSync(folder, { recursive: true }));

describe('the import law', () => {
  for (const [path, text, rules] of cases) {
    it(`${path}: ${text}`, () => {
      const names = new Set((verdict.get(path) ?? []).map(({ rule }) => rule.name));
      assert.deepEqual([...names].sort(), rules);
    });
  }
});
