// `npm start`: installs what is missing, builds what changed, then becomes the server. Plain JavaScript, for any Node from 18.
import Module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, npm, onInstalledNode, root, run, say, stop } from './install.mjs';

async function build() {
  const { hasWeb, serverIsFresh, webIsFresh } = await import('./freshness.mjs');
  if (!serverIsFresh()) {
    say('building the server');
    const { code } = await run(process.execPath, ['tools/build.mjs']);
    if (code !== 0) stop('the build failed; the lines above tell where.');
  }
  if (hasWeb() && !webIsFresh()) {
    say('building the admin portal');
    const { code } = await npm('building', ['run', '--silent', 'build', '-w', '@tokenidp/admin-web']);
    if (code !== 0) stop('the build of the admin portal failed; the lines above tell where.');
  }
}

// The data folder is the checkout's, wherever the command was given.
process.chdir(root);
await install();
if (await onInstalledNode(fileURLToPath(import.meta.url))) {
  await build();
  if (process.env.NODE_ENV !== 'production') process.env.DEMO ??= '1';
  say('starting (Ctrl-C stops it)');
  const main = join(root, 'apps/idp/dist/main.js');
  process.argv = [process.argv[0], main, ...process.argv.slice(2)];
  Module.runMain(main);
}
