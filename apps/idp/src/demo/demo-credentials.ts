import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is needed to use the demo tenant. The server itself keeps hashes only, so this file is the one place. */
export interface DemoCredentials {
  /** by user name */
  passwords: Record<string, string>;
  /** by client_id */
  secrets: Record<string, string>;
}

const fileIn = (dataDir: string): string => join(dataDir, 'demo-credentials.json');

export function readDemoCredentials(dataDir: string): DemoCredentials | null {
  const file = fileIn(dataDir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoCredentials) : null;
}

export function writeDemoCredentials(dataDir: string, credentials: DemoCredentials): void {
  writeFileSync(fileIn(dataDir), `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
}
