// The browser that the end-to-end tests drive: Debian's package. Installed when it is missing and we may.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say, stop } from './install.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chromium on this machine, or undefined. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export async function ensureChromium() {
  if (findChromium()) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    stop('The end-to-end tests need Chromium. Install it (on Debian: `sudo apt-get install chromium`) and try again.');
  }
  say('installing Chromium for the end-to-end tests');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const label = 'installing Chromium';
  await run('apt-get', ['update', '-qq'], { label, env });
  const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  const { code } = await run('apt-get', packages, { label, env });
  if (code !== 0 || !findChromium()) stop('Chromium could not be installed; the lines above tell why.');
}
