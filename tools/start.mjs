// `npm start`: installs what is missing, builds what changed, then becomes the server. Plain JavaScript, for any Node from 18.
import Module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, onInstalledNode, root, say, serverFlags } from './install.mjs';

// The data folder is the checkout's, wherever the command was given.
process.chdir(root);
await install();
if (await onInstalledNode(fileURLToPath(import.meta.url), serverFlags)) {
  const { rebuildPortal, rebuildServer } = await import('./rebuild.mjs');
  await rebuildServer();
  await rebuildPortal();
  if (process.env.NODE_ENV !== 'production') process.env.DEMO ??= '1';
  say('starting (Ctrl-C stops it)');
  const main = join(root, 'apps/idp/dist/main.js');
  process.argv = [process.argv[0], main, ...process.argv.slice(2)];
  // Compiled code is kept beside the packages: the next start reads it instead of compiling.
  Module.enableCompileCache(join(root, 'node_modules/.cache/compile'));
  Module.runMain(main);
}
