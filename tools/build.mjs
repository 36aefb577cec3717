// Builds every lib and the server with swc: <package>/src/**/*.{ts,tsx} → <package>/dist/**/*.js; other files are copied.
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';
import { markBuilt } from './freshness.mjs';

const root = join(import.meta.dirname, '..');
const options = { ...JSON.parse(await readFile(join(root, '.swcrc'), 'utf8')), swcrc: false };

async function buildFile(source, target) {
  await mkdir(dirname(target), { recursive: true });
  if (!/\.tsx?$/.test(source)) return cp(source, target);
  const output = target.replace(/\.tsx?$/, '.js');
  const { code, map } = await transformFile(source, { ...options, sourceFileName: relative(dirname(output), source) });
  await writeFile(output, `${code}\n//# sourceMappingURL=${output.slice(output.lastIndexOf('/') + 1)}.map\n`);
  await writeFile(`${output}.map`, map);
}

async function buildPackage(folder) {
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  const entries = await readdir(join(folder, 'src'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name));
  await Promise.all(
    files.map((entry) => {
      const source = join(entry.parentPath, entry.name);
      return buildFile(source, join(folder, 'dist', relative(join(folder, 'src'), source)));
    }),
  );
  return files.length;
}

const libs = (await readdir(join(root, 'libs'))).map((name) => join(root, 'libs', name));
const startedAt = new Date();
const started = performance.now();
const counts = await Promise.all([...libs, join(root, 'apps/idp')].map(buildPackage));
const total = counts.reduce((sum, count) => sum + count, 0);
console.log(`built ${total} files in ${Math.round(performance.now() - started)} ms`);
markBuilt(startedAt);
