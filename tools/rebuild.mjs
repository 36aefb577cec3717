// Builds what is older than its sources, and nothing else.
import { hasWeb, serverIsFresh, webIsFresh } from './freshness.mjs';
import { npm, run, say, stop } from './install.mjs';

export async function rebuildServer() {
  if (serverIsFresh()) return;
  say('building the server');
  const { code } = await run(process.execPath, ['tools/build.mjs']);
  if (code !== 0) stop('the build failed; the lines above tell where.');
}

export async function rebuildPortal() {
  if (!hasWeb() || webIsFresh()) return;
  say('building the admin portal');
  const { code } = await npm('building', ['run', '--silent', 'build', '-w', '@tokenidp/admin-web']);
  if (code !== 0) stop('the build of the admin portal failed; the lines above tell where.');
}
