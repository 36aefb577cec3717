// `npm run env:docs`: docker/.env.example and the README's table, both from the schema in apps/idp/src/config/env.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, stop } from './install.mjs';
import { rebuildServer } from './rebuild.mjs';

const start = '<!-- env:start -->';
const end = '<!-- env:end -->';

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

/** Sentences broken at 100 characters, each line a comment. */
function comment(text) {
  const lines = text
    .split(' ')
    .reduce(
      ([line, ...rest], word) =>
        `${line} ${word}`.length > 100 ? [word, line, ...rest] : [`${line} ${word}`.trim(), ...rest],
      [''],
    );
  return lines.reverse().map((line) => `# ${line}`);
}

function envExample(variables) {
  const blocks = variables.map(({ name, description, default: standard, example = '', secret }) => {
    const notes = [standard && `Default: ${standard}.`, secret && 'Secret: never commit a real value.'];
    const text = [description, ...notes.filter(Boolean)].join(' ');
    return [...comment(text), `# ${name}=${secret ? '' : example}`].join('\n');
  });
  return `# Written by \`npm run env:docs\` from apps/idp/src/config/env.ts; copy it to .env and uncomment what you set.\n\n${blocks.join('\n\n')}\n`;
}

const cell = (text) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const code = (text) => (text ? `\`${cell(text)}\`` : '');

function table(variables) {
  const rows = variables.map(
    ({ name, description, default: standard, example }) =>
      `| \`${name}\` | ${cell(description)}${example ? ` For example ${code(example)}.` : ''} | ${code(standard)} |`,
  );
  return ['| variable | what it sets | default |', '| --- | --- | --- |', ...rows].join('\n');
}

function withTable(readme, variables) {
  const [before, rest] = readme.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) stop(`README.md has no place for the table: put ${start} and ${end} where it belongs.`);
  return `${before}${start}\n\n<!-- prettier-ignore -->\n${table(variables)}\n\n${end}${after}`;
}

await rebuildServer();
const { ENVIRONMENT } = createRequire(import.meta.url)('../apps/idp/dist/config/env.js');
const outputs = [
  ['docker/.env.example', () => envExample(ENVIRONMENT)],
  ['README.md', (current) => withTable(current, ENVIRONMENT)],
];
for (const [file, render] of outputs) {
  const path = join(root, file);
  const current = readOr(path, '');
  const text = render(current);
  if (text === current) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file} is out of date: run \`npm run env:docs\``);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.log(`${file} written`);
  }
}
