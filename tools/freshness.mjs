// Tells whether a build is older than its sources by looking at modification times only: no compiler, no npm.
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modifiedAt, root } from './install.mjs';

const stamp = join(root, 'apps/idp/dist/.built');
const webStamp = join(root, 'apps/admin-web/dist/index.html');

/** The newest change below a path, folders included (a removed file changes its folder); 0 when there is none. */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const newestOf = (paths) => Math.max(...paths.map(newest));

/** Written last by the build, dated at its start, so that a source saved meanwhile counts as newer. */
export function markBuilt(startedAt) {
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}

export function serverIsFresh() {
  const libs = readdirSync(join(root, 'libs')).map((name) => join(root, 'libs', name, 'src'));
  return (
    modifiedAt(stamp) >
    newestOf([...libs, join(root, 'apps/idp/src'), join(root, 'tools/build.mjs'), join(root, '.swcrc')])
  );
}

export const hasWeb = () => existsSync(join(root, 'apps/admin-web/index.html'));

export function webIsFresh() {
  const web = join(root, 'apps/admin-web');
  const parts = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map((name) => join(web, name));
  return modifiedAt(webStamp) > newestOf(parts);
}
