import { readFileSync } from 'node:fs';

/** `NAME`, or the content of the file that `NAME_FILE` names, without the line end that editors add. */
export function readSecret(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const file = environment[`${name}_FILE`];
  return environment[name] ?? (file ? readFileSync(file, 'utf8').replace(/\r?\n$/, '') : undefined);
}
