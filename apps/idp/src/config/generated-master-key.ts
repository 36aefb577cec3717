import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKey } from '@tokenidp/kernel';
import { masterKeys } from './parsers';

/** A master key for development, made once and kept beside the data it seals. */
export function generatedMasterKey(dataDir: string): MasterKey[] {
  const path = join(dataDir, 'master-key');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `development:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    claim(draft, path);
  }
  return masterKeys(readFileSync(path, 'utf8').trim());
}

/** Gives the finished draft its name unless another process, starting at the same time, was first. */
function claim(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    unlinkSync(draft);
  }
}
