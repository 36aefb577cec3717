// `npm run start:conformance -- <plan.json> <values.json>`: the server with what a conformance suite needs; see docs/conformance.md.
import Module from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, onInstalledNode, root, serverFlags } from './install.mjs';

// Named from wherever the command was given; another Node, if one is needed, gets the same names.
process.argv = [...process.argv.slice(0, 2), ...process.argv.slice(2).map((path) => resolve(path))];
process.chdir(root);
await install();
if (await onInstalledNode(fileURLToPath(import.meta.url), serverFlags)) {
  const { rebuildPortal, rebuildServer } = await import('./rebuild.mjs');
  await rebuildServer();
  await rebuildPortal();
  const main = join(root, 'apps/idp/dist/conformance/main.js');
  process.argv = [process.argv[0], main, ...process.argv.slice(2)];
  Module.runMain(main);
}
