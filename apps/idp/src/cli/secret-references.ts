import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './command';
import type { DocumentFile } from './document-file';

type Environment = Readonly<Record<string, string | undefined>>;
type Members = Record<string, unknown>;

/** What the document says, with the secrets that it refers to in their places; nothing else of a file is read. */
export function withSecrets(file: DocumentFile, environment: Environment): Members {
  const complaints: string[] = [];
  const document = structuredClone(file.value);
  for (const [pointer, secret] of secretsOf(document)) {
    if (!Object.hasOwn(secret, 'value')) continue;
    const found = valueOf(secret.value, file.name, environment);
    if (typeof found === 'string') secret.value = found;
    else complaints.push(file.locate(`${pointer}/value`, found.problem));
  }
  if (complaints.length > 0) throw new UsageError(complaints.join('\n'));
  return document;
}

/** Whatever else is wrong with the document is for the server to say. */
function secretsOf({ clients }: Members): [string, Members][] {
  return objectsOf(clients).flatMap(([at, { secrets }]) =>
    objectsOf(secrets).map(([index, secret]): [string, Members] => [`/clients/${at}/secrets/${index}`, secret]),
  );
}

function objectsOf(list: unknown): [number, Members][] {
  if (!Array.isArray(list)) return [];
  return [...list.entries()].filter((entry): entry is [number, Members] => isObject(entry[1]));
}

function valueOf(reference: unknown, file: string, environment: Environment): string | { problem: string } {
  const [name, ...others] = isObject(reference) ? Object.keys(reference) : [];
  const target = name === undefined ? undefined : (reference as Members)[name];
  if (others.length > 0 || typeof target !== 'string' || !['env', 'file'].includes(name!)) {
    return { problem: 'a secret is referred to, by `{ env: NAME }` or `{ file: path }`' };
  }
  if (name === 'file') return contentOf(resolve(file === '-' ? '.' : dirname(file), target));
  const value = Object.hasOwn(environment, target) ? environment[target] : undefined;
  return value ? value : { problem: `the environment has no ${target}` };
}

function contentOf(path: string): string | { problem: string } {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    return { problem: `${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}` };
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
