// `npm run migration:new <name>`: both files of the next migration, registered in both lists.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, say, stop } from './install.mjs';

const engines = ['postgres', 'mssql'];
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const source = (number, name) => `import type { Migration } from '../migration';

export const migration: Migration = {
  number: ${number},
  name: '${name}',
  statements: [],
};
`;

function lastNumber(folder) {
  const numbers = engines.flatMap((engine) => readdirSync(join(folder, engine)).map((file) => parseInt(file, 10)));
  return Math.max(0, ...numbers.filter(Number.isInteger));
}

/** One import after the others, one word at the end of the array. */
export function register(index, file, word) {
  const lines = index.split('\n');
  const lastImport = lines.findLastIndex((line) => line.startsWith('import '));
  lines.splice(lastImport + 1, 0, `import { migration as ${word} } from './${file}';`);
  const end = lines.findLastIndex((line) => line.startsWith(']'));
  lines.splice(end, 0, `  ${word},`);
  return lines.join('\n');
}

/** Makes the pair below `folder`; answers the two paths. */
export function createMigration(folder, name) {
  if (!NAME.test(name ?? '')) throw new Error('a migration needs a name of small letters and dashes: add-user-avatar');
  const number = lastNumber(folder) + 1;
  const digits = String(number).padStart(4, '0');
  return engines.map((engine) => {
    const path = join(folder, engine, `${digits}-${name}.ts`);
    if (existsSync(path)) throw new Error(`${path} is there already`);
    writeFileSync(path, source(number, name));
    const list = join(folder, engine, 'index.ts');
    writeFileSync(list, register(readFileSync(list, 'utf8'), `${digits}-${name}`, `m${digits}`));
    return path;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const folder = join(root, 'libs/database/src/migrations');
    for (const path of createMigration(folder, process.argv[2])) say(path.slice(root.length + 1));
  } catch (error) {
    stop(error.message);
  }
}
