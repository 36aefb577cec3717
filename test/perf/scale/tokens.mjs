// What a token costs on the full database and on an empty one, in turn, by the load of `npm run bench`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const NAMES = ['client_credentials ES256', 'refresh', 'userinfo'];
export const TOKEN_LIMIT = 1.1;

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** `targets`: { full, empty }; { name, full, empty, slower, dearer } each, of the round in the middle. */
export async function measureTokens(targets, { seconds, rounds }) {
  const settings = JSON.stringify({ targets, seconds, rounds, names: NAMES });
  const load = spawn(process.execPath, [join(import.meta.dirname, '../load.mjs'), settings]);
  load.stderr.pipe(process.stderr);
  const results = [];
  createInterface(load.stdout).on('line', (line) => results.push(comparison(JSON.parse(line))));
  await new Promise((resolve, reject) => {
    load.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`the load ended with ${code}`))));
  });
  return results;
}

/** Rounds are compared with the one beside them, since the machine is another one a minute later. */
function comparison({ name, results: { full, empty }, rounds }) {
  const pairs = rounds.full.map((each, index) => [each, rounds.empty[index]]);
  return {
    name,
    full,
    empty,
    slower: middle(pairs.map(([one, other]) => other.perSecond / one.perSecond)),
    dearer: middle(pairs.map(([one, other]) => one.cpuMicroseconds / other.cpuMicroseconds)),
  };
}
