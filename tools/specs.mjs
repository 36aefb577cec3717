// `npm run specs`: docs/SPECS.md, from section to file to tests, and the README's table of standards. `--check` fails on a missing tag, a missing test, a stale index.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './install.mjs';
import { byTag, documentOf, readSpecComments, titleReader } from './spec-index/tags.mjs';
import { standardsTable } from './spec-index/standards.mjs';
import { readTitles } from './spec-index/titles.mjs';

const isSpec = (file) => /[.-]spec\.tsx?$/.test(file);
const read = (file) => readFileSync(join(root, file), 'utf8');
const files = globSync(['{libs,apps}/*/src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'], { cwd: root }).sort();

/** Files that must say which section they enforce; index.ts and the interfaces enforce nothing. */
const mustHaveTag = (file) =>
  /^libs\/oauth\/src\/(rules|grants|endpoints|client-auth)\//.test(file) &&
  (!file.includes('/endpoints/') || file.endsWith('.controller.ts')) &&
  !['index.ts', 'grant.ts', 'client-auth-method.ts'].includes(basename(file));

const put = (map, key, value) => map.set(key, [...(map.get(key) ?? []), value]);

/** tag → [{ file, why }] */
function collectFiles() {
  const tagged = new Map();
  const untagged = [];
  for (const file of files.filter((name) => !isSpec(name) && !name.startsWith('test/'))) {
    const comments = readSpecComments(read(file));
    if (comments.length === 0 && mustHaveTag(file)) untagged.push(file);
    for (const { tags, why, requirements } of comments) {
      for (const tag of new Set([...tags, ...requirements]))
        put(tagged, tag, { file, why, listed: tags.includes(tag) });
    }
  }
  return { tagged, untagged };
}

/** tag → [{ file, title }] */
function collectTests(documents) {
  const tagsOf = titleReader(documents);
  const tests = new Map();
  for (const file of files.filter(isSpec)) {
    for (const { text, row } of readTitles(file, read(file))) {
      const tags = new Set(tagsOf(text));
      if (row && ![...tags].some((tag) => text.startsWith(tag))) continue;
      for (const tag of tags) put(tests, tag, { file, title: text });
    }
  }
  return tests;
}

const link = (file) => `[${file}](../${file})`;

function renderTag(tag, sources, tests) {
  const bySuite = Map.groupBy(tests, ({ file }) => file);
  const titles = (list) => [...new Set(list.map(({ title }) => title.replace(/\s+/g, ' ').trim()))];
  return [
    `### ${tag}`,
    '',
    ...sources.map(({ file, why }) => `- ${link(file)}${why ? ` — ${why}` : ''}`),
    ...[...bySuite].flatMap(([file, list]) => [
      `- tests in ${link(file)}`,
      ...titles(list).map((title) => `  - ${title}`),
    ]),
    '',
  ];
}

function render(tagged, tests) {
  const tags = [...new Set([...tagged.keys(), ...tests.keys()])].sort(byTag);
  const byDocument = Map.groupBy(tags, (tag) => (/^S-\d/.test(tag) ? 'Security requirements' : documentOf(tag)));
  const lines = [
    '# From the specifications to the code',
    '',
    'Written by `npm run specs` from `@spec` comments and test titles; do not edit.',
    '',
  ];
  for (const [document, list] of byDocument) {
    lines.push(`## ${document}`, '');
    for (const tag of list) lines.push(...renderTag(tag, tagged.get(tag) ?? [], tests.get(tag) ?? []));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function problems(tagged, untagged, tests) {
  const missing = [...tagged].filter(([tag]) => !tests.has(tag)).sort(([a], [b]) => byTag(a, b));
  return [
    ...untagged.map((file) => `${file}: no @spec tag`),
    ...missing.flatMap(([tag, sources]) =>
      sources.filter(({ listed }) => listed).map(({ file }) => `${file}: no test title has "${tag}"`),
    ),
  ];
}

const { tagged, untagged } = collectFiles();
const tests = collectTests(new Set([...tagged.keys()].map(documentOf).filter((name) => !/^(RFC|S-)/.test(name))));
/** What is written, by file: the index, and the README with its table between the markers. */
const written = {
  'docs/SPECS.md': render(tagged, tests),
  'README.md': read('README.md').replace(
    /(<!-- standards:start -->\n)[\s\S]*?(<!-- standards:end -->)/,
    (_all, start, end) => `${start}\n${standardsTable(tests, documentOf)}\n\n${end}`,
  ),
};
if (!process.argv.includes('--check')) {
  for (const [file, text] of Object.entries(written)) writeFileSync(join(root, file), text);
  console.log(`docs/SPECS.md: ${tagged.size} tags in files, ${tests.size} in tests`);
} else {
  const found = problems(tagged, untagged, tests);
  for (const [file, text] of Object.entries(written)) {
    const isFresh = globSync(file, { cwd: root }).length > 0 && read(file) === text;
    if (!isFresh) found.push(`${file} is out of date: run \`npm run specs\``);
  }
  for (const problem of found) console.error(problem);
  process.exitCode = found.length > 0 ? 1 : 0;
}
