// `npm run openapi`: docs/openapi.json from the controllers, from it the portal's typed client and the JSON Schema of
// configuration files. `--check` changes nothing and fails when a file is stale or when Spectral finds anything.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onInstalledNode, root, say, stop } from './install.mjs';

const script = fileURLToPath(import.meta.url);
const require = createRequire(import.meta.url);
const documentPath = join(root, 'docs/openapi.json');
const schemaPath = join(root, 'docs/config.schema.json');
const clientPath = join(root, 'apps/admin-web/src/api/generated/admin-api.ts');

async function generate() {
  require('./typescript-hook.cjs');
  const { generateDocument } = require('../apps/idp/src/openapi/generate.ts');
  const { configSchema } = require('../apps/idp/src/config-as-code/schema.ts');
  const document = JSON.parse(JSON.stringify(await generateDocument()));
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const client = astToString(await openapiTS(document, { alphabetize: true }));
  return new Map([
    [documentPath, `${JSON.stringify(document, null, 2)}\n`],
    [schemaPath, `${JSON.stringify(configSchema(document), null, 2)}\n`],
    [clientPath, `// Written by \`npm run openapi\` from docs/openapi.json.\n${client}`],
  ]);
}

/** Every rule of Spectral's own ruleset for OpenAPI, hints included; but the project has no mail address. */
async function findings(document) {
  const { Spectral } = require('@stoplight/spectral-core');
  const { oas } = require('@stoplight/spectral-rulesets');
  const spectral = new Spectral();
  spectral.setRuleset({ extends: [[oas, 'all']], rules: { 'contact-properties': 'off' } });
  const found = await spectral.run(document);
  return found.map(({ code, path, message }) => `${code} at ${path.join('.')}: ${message}`);
}

async function check(files) {
  const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  if (stale.length > 0) stop('docs/openapi.json or what is made of it is stale: run `npm run openapi` and commit it');
  const found = await findings(JSON.parse(files.get(documentPath)));
  for (const finding of found) console.error(finding);
  if (found.length > 0) stop(`Spectral has ${found.length} findings in docs/openapi.json`);
}

async function write(files) {
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const finding of await findings(JSON.parse(files.get(documentPath)))) console.error(finding);
}

// Our packages are read from their sources only when Node is told so at its start.
if (process.execArgv.includes('--conditions=source')) {
  const files = await generate();
  const isCheck = process.argv.includes('--check');
  await (isCheck ? check(files) : write(files));
  const { paths } = JSON.parse(files.get(documentPath));
  const count = Object.values(paths).flatMap((item) => Object.keys(item)).length;
  say(`${count} operations ${isCheck ? 'are' : 'written'} in docs/openapi.json`);
  process.exit(process.exitCode ?? 0);
} else if (await onInstalledNode(script)) {
  const args = ['--conditions=source', script, ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
