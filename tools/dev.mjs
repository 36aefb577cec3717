// `npm run start:dev`: builds and starts the server, and does both again whenever a source is saved.
import { spawn } from 'node:child_process';
import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, onInstalledNode, root, run, say } from './install.mjs';

const folders = () => [...readdirSync(join(root, 'libs')).map((name) => `libs/${name}/src`), 'apps/idp/src'];

/** Stops the running server and waits until its database is closed too. */
async function stopServer(server) {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

async function develop() {
  let server;
  let timer;
  let work = Promise.resolve();
  const restart = async () => {
    const { code } = await run(process.execPath, ['tools/build.mjs']);
    if (code !== 0) return say('the build failed; waiting for the next change');
    await stopServer(server);
    server = spawn(process.execPath, ['--enable-source-maps', 'apps/idp/dist/main.js'], {
      cwd: root,
      stdio: 'inherit',
    });
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (work = work.then(restart)), 150);
  };
  for (const folder of folders()) watch(join(root, folder), { recursive: true }, schedule);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => void stopServer(server).then(() => process.exit(0)));
  }
  schedule();
}

await install();
if (await onInstalledNode(fileURLToPath(import.meta.url))) {
  process.env.DEMO ??= '1';
  await develop();
}
