// The browser that the end-to-end tests drive: Debian's package. Installed when it is missing and we may.
import { existsSync } from 'node:fs';
import { run, say, stop } from './install.mjs';

/** The places where test/support/browser.ts looks. */
const places = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
);

/** The path of a Chromium on this machine, or undefined. */
export const findChromium = () => places.find((place) => existsSync(place));

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
