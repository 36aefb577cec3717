// `npm run check`: every gate that CI holds, all of them even when one fails, with the time each took.
import { spawnSync } from 'node:child_process';
import { install, root, say } from './install.mjs';

const gates = [
  ['formatting', ['format:check']],
  ['lint', ['lint']],
  ['types', ['typecheck']],
  ['import law', ['deps']],
  ['spec index', ['specs', '--', '--check']],
  ['SQL dump', ['sql', '--', '--check']],
  ['OpenAPI', ['openapi', '--', '--check']],
  ['environment docs', ['env:docs', '--', '--check']],
];

await install();
const failed = gates.filter(([name, script]) => {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', ...script], { cwd: root, encoding: 'utf8' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`.trimEnd());
  return status !== 0;
});

say(failed.length === 0 ? 'all gates hold' : `failed: ${failed.map(([name]) => name).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
