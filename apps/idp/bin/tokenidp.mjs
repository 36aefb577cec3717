#!/usr/bin/env node
// `npx tokenidp`: the compiled command line; `npm start` or `npm run build` compiles it.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const compiled = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
if (!existsSync(compiled)) {
  console.error('tokenidp is not compiled yet: run `npm start` or `npm run build` once');
  process.exit(3);
}
createRequire(import.meta.url)(compiled);
