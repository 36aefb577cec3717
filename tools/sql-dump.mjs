// `npm run sql`: every named statement as each engine gets it, in docs/sql/<engine>/<name>.sql, so that a changed query
// shows in the diff. `--check` changes nothing and fails when a file is stale, missing or left over.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onInstalledNode, root, say, stop } from './install.mjs';

const script = fileURLToPath(import.meta.url);
const engines = ['postgres', 'mssql'];
const folder = (engine) => join(root, 'docs/sql', engine);

/** Without the indentation the text has in its source file. */
function dedent(text) {
  const [first, ...rest] = text.split('\n').map((line) => line.trimEnd());
  const depths = rest.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return [first, ...rest.map((line) => line.slice(depth))].join('\n');
}

function render({ text, names }, { name, parameters }, engine) {
  const place = (n) => (engine === 'postgres' ? `$${n + 1}` : `@p${n}`);
  const lines = names.map((parameter, n) => `-- ${place(n)} ${parameter}: ${parameters[parameter]}`);
  return [`-- ${name}`, ...lines, dedent(text), ''].join('\n');
}

/** Importing the application's entities imports every library, and with it every statement. */
function statements() {
  const require = createRequire(import.meta.url);
  require('./typescript-hook.cjs');
  require('../apps/idp/src/database/data-source.ts');
  return require('@tokenidp/database').registeredStatements();
}

/** file name → content */
function wanted(engine, all) {
  const known = all.filter((statement) => statement[engine]);
  return new Map(known.map((statement) => [`${statement.name}.sql`, render(statement[engine], statement, engine)]));
}

/** The files of one engine that are not as they should be. */
function stale(engine, files) {
  const there = existsSync(folder(engine)) ? readdirSync(folder(engine)) : [];
  const read = (name) => readFileSync(join(folder(engine), name), 'utf8');
  const changed = [...files].filter(([name, text]) => !there.includes(name) || read(name) !== text);
  return [...changed.map(([name]) => name), ...there.filter((name) => !files.has(name))];
}

function write(engine, files) {
  mkdirSync(folder(engine), { recursive: true });
  for (const name of stale(engine, files)) {
    const path = join(folder(engine), name);
    if (files.has(name)) writeFileSync(path, files.get(name));
    else rmSync(path);
  }
}

function dump(isCheck) {
  const all = statements();
  for (const engine of engines) {
    const files = wanted(engine, all);
    const names = isCheck ? stale(engine, files) : [];
    if (names.length > 0) stop(`docs/sql/${engine} is stale (${names.join(', ')}): run \`npm run sql\` and commit it`);
    if (!isCheck) write(engine, files);
  }
  say(`${all.length} statements ${isCheck ? 'are' : 'written'} in docs/sql`);
}

// Our packages are read from their sources only when Node is told so at its start.
if (process.execArgv.includes('--conditions=source')) {
  dump(process.argv.includes('--check'));
} else if (await onInstalledNode(script)) {
  const args = ['--conditions=source', script, ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
