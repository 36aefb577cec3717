// The browser that the end-to-end tests drive: Debian's package. Installed when it is missing and we may.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run, say, stop } from './install.mjs';

/** Chromium without windows: a page costs a third of what it costs the whole browser. */
const SHELL = 'chromium-headless-shell';

/** The places where test/support/browser.ts looks. */
const places = [SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
);

/** The path of a Chromium on this machine, or undefined. */
export const findChromium = () => places.find((place) => existsSync(place));

const isKnown = (name) => spawnSync('apt-cache', ['show', '--quiet', name], { stdio: 'ignore' }).status === 0;

async function install(name) {
  say(`installing ${name} for the end-to-end tests`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = ['install', '-y', '-qq', '--no-install-recommends', name];
  await run('apt-get', packages, { label: 'installing Chromium', env });
}

/** Installs the shell where apt knows it, else the whole browser. */
async function installChromium() {
  await run('apt-get', ['update', '-qq'], { label: 'looking for Chromium' });
  await install(isKnown(SHELL) ? SHELL : 'chromium');
  if (!findChromium()) stop('Chromium could not be installed; the lines above tell why.');
}

export async function ensureChromium() {
  const found = findChromium();
  if (found === places[0]) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (found) {
    // A whole browser does as well: nothing is looked for that the machine does not know of.
    if (mayInstall && isKnown(SHELL)) await install(SHELL);
  } else if (mayInstall) {
    await installChromium();
  } else {
    stop(
      `The end-to-end tests need Chromium. Install it (on Debian: \`sudo apt-get install ${SHELL}\`) and try again.`,
    );
  }
}
