// Lets plain Node run our TypeScript: `node --conditions=source --require ./tools/typescript-hook.cjs file.ts`.
// Node's own type stripping knows no decorators; injection by type needs their metadata.
require('reflect-metadata');
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const { $schema, ...swcrc } = JSON.parse(readFileSync(join(__dirname, '../.swcrc'), 'utf8'));
const options = { ...swcrc, swcrc: false, sourceMaps: 'inline' };

function compile(module, filename) {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
  module._compile(code, filename);
}

Module._extensions['.ts'] = compile;
Module._extensions['.tsx'] = compile;
