// `npm test`: every suite of jest.config.js and the tools' own specs; `npm test -- unit e2e` picks some, other words go to jest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { install, onInstalledNode, root, run, say, stop } from './install.mjs';
import { rebuildPortal, rebuildServer } from './rebuild.mjs';

/** Suites that look at pages, the portal's among them, or start the server as an operator does. */
const needBrowser = ['e2e', 'security', 'portal'];
/** Suites that share the workers of one run: a long file of one is waited for by files of another. */
const together = ['contract', 'e2e', 'security'];
/** Half of their time is waiting for a page, a process or a database: one worker more than cores. */
const waiting = availableParallelism() + 1;
/** One migration at a time holds both cores; a race is between two instances in one worker. */
const workers = { migrations: 1, race: Math.min(availableParallelism(), 2) };
const workersOf = (suite) =>
  Math.min(workers[suite] ?? (together.includes(suite) ? waiting : availableParallelism()), 4);

const nothing = { passed: 0, failed: 0, skipped: 0 };
const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/** Of one file of jest's report; one that could not run counts as one failure. */
function countsOf({ status, assertionResults }) {
  const count = (...names) => assertionResults.filter((test) => names.includes(test.status)).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const skipped = assertionResults.length - passed - failed;
  return { passed, failed: status === 'failed' && failed === 0 ? 1 : failed, skipped };
}

/** The suite that a file belongs to: those of the folder test are called as their folders are. */
const suiteOf = (file) => /^test\/([^/]+)\//.exec(relative(root, file))?.[1] ?? 'unit';

/** Runs jest projects in one pool of workers and reads the counts of each from its own report. */
async function runJest(suites, words) {
  const folder = mkdtempSync(join(tmpdir(), 'tokenidp-test-'));
  const report = join(folder, 'report.json');
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const options = ['--selectProjects', ...suites, '--passWithNoTests', `--maxWorkers=${workersOf(suites[0])}`];
  const counts = new Map(suites.map((suite) => [suite, nothing]));
  const count = (suite, more) => counts.set(suite, add(counts.get(suite) ?? nothing, more));
  try {
    const { code } = await run(process.execPath, [jest, ...options, '--json', `--outputFile=${report}`, ...words]);
    for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) count(suiteOf(file.name), countsOf(file));
    const isToldOf = [...counts.values()].some(({ failed }) => failed > 0);
    if (code !== 0 && !isToldOf) count(suites[0], { ...nothing, failed: 1 });
  } catch (error) {
    console.error(`✗ ${suites.join(', ')} did not finish: ${error.message}`);
    count(suites[0], { ...nothing, failed: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

/** The specs of tools/ run on Node's own runner, since they are plain ES modules. */
async function runTools() {
  const { run: runNodeTests } = await import('node:test');
  const { globSync } = await import('node:fs');
  const files = globSync('tools/**/*.spec.mjs', { cwd: root }).map((file) => join(root, file));
  const counts = { ...nothing };
  for await (const { type, data } of runNodeTests({ files, concurrency: true })) {
    if (data.details?.type === 'suite' || !['test:pass', 'test:fail'].includes(type)) continue;
    counts[type === 'test:pass' ? 'passed' : 'failed'] += 1;
    if (type === 'test:fail') console.error(`✗ ${data.name}\n${data.details.error?.cause ?? data.details.error}`);
  }
  return counts;
}

/** What runs one after another, each a list of suites that run side by side. */
function stepsOf(suites) {
  const shared = suites.filter((suite) => together.includes(suite));
  return suites
    .filter((suite) => !shared.includes(suite) || suite === shared[0])
    .map((suite) => (suite === shared[0] ? shared : [suite]));
}

async function runSuites(suites, words) {
  let total = nothing;
  for (const step of stepsOf(suites)) {
    say(`${step.join(', ')}: running`);
    const started = Date.now();
    const counts = step[0] === 'tools' ? new Map([['tools', await runTools()]]) : await runJest(step, words);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const time = step.length > 1 ? `, all ${step.length} in ${seconds} s` : ` in ${seconds} s`;
    for (const [suite, { passed, failed, skipped }] of counts) {
      say(`${suite}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}${time}`);
      total = add(total, { passed, failed, skipped });
    }
  }
  return total;
}

await install();
if (await onInstalledNode(fileURLToPath(import.meta.url))) {
  process.chdir(root);
  const { projects } = createRequire(import.meta.url)('../jest.config.js');
  const all = ['tools', ...projects.map(({ displayName }) => displayName)];
  const words = process.argv.slice(2);
  const picked = all.filter((name) => words.includes(name));
  const suites = picked.length > 0 ? picked : all;
  if (suites.some((name) => needBrowser.includes(name))) {
    await ensureChromium();
    await rebuildServer();
    await rebuildPortal();
  }
  const started = Date.now();
  const total = await runSuites(
    suites,
    words.filter((word) => !all.includes(word)),
  );
  say(`all suites in ${Math.round((Date.now() - started) / 1000)} s`);
  if (total.skipped > 0) say(`${total.skipped} skipped`);
  if (total.passed + total.failed === 0) stop('no test ran');
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
