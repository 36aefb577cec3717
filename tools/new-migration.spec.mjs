import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, it } from 'node:test';
import { root } from './install.mjs';
import { createMigration } from './new-migration.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tokenidp-migrations-'));
after(() => rmSync(folder, { recursive: true, force: true }));
cpSync(join(root, 'libs/database/src/migrations'), folder, { recursive: true });

it('makes both files under the next number and registers them', () => {
  const before = readFileSync(join(folder, 'mssql/index.ts'), 'utf8');
  const paths = createMigration(folder, 'add-user-avatar');
  const file = basename(paths[0], '.ts');
  assert.match(file, /^\d{4}-add-user-avatar$/);
  assert.deepEqual(
    paths.map((path) => basename(path, '.ts')),
    [file, file],
  );
  for (const engine of ['postgres', 'mssql']) {
    const text = readFileSync(join(folder, engine, `${file}.ts`), 'utf8');
    assert.match(text, new RegExp(`number: ${Number(file.slice(0, 4))},`));
    const index = readFileSync(join(folder, engine, 'index.ts'), 'utf8');
    const word = `m${file.slice(0, 4)}`;
    assert.ok(index.includes(`import { migration as ${word} } from './${file}';`));
    assert.match(index, new RegExp(`  ${word},\n\\];`));
  }
  assert.equal(readFileSync(join(folder, 'mssql/index.ts'), 'utf8').split('\n').length, before.split('\n').length + 2);
  assert.equal(
    basename(createMigration(folder, 'another')[0]).slice(0, 4),
    String(Number(file.slice(0, 4)) + 1).padStart(4, '0'),
  );
});

it('refuses a name that is no file name', () => {
  for (const name of [undefined, '', 'Add', '../x', 'a b', 'a--b']) {
    assert.throws(() => createMigration(folder, name), /needs a name/);
  }
});
