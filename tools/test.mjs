// `npm test`: every suite of jest.config.js and the tools' own specs; `npm test -- unit e2e` picks some, other words go to jest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { install, onInstalledNode, root, run, say, stop } from './install.mjs';
import { rebuildPortal, rebuildServer } from './rebuild.mjs';

/** Suites that look at pages, the portal's among them, or start the server as an operator does. */
const needBrowser = ['e2e', 'security', 'portal'];
/** Suites that hold both cores by themselves, or measure who comes first, run one file at a time. */
const oneAtATime = ['race', 'migrations'];

const nothing = { passed: 0, failed: 0, skipped: 0 };
const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/** Runs one jest project and reads the counts from its own report; a file that could not run counts as one failure. */
async function runJest(suite, words) {
  const folder = mkdtempSync(join(tmpdir(), 'tokenidp-test-'));
  const report = join(folder, 'report.json');
  const workers = oneAtATime.includes(suite) ? 1 : Math.min(availableParallelism(), 4);
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const options = ['--selectProjects', suite, '--passWithNoTests', `--maxWorkers=${workers}`];
  try {
    const { code } = await run(process.execPath, [jest, ...options, '--json', `--outputFile=${report}`, ...words]);
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    const skipped = result.numPendingTests + result.numTodoTests;
    return { passed: result.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
  } catch (error) {
    console.error(`✗ ${suite} did not finish: ${error.message}`);
    return { ...nothing, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

async function runSuites(suites, words) {
  let total = nothing;
  for (const suite of suites) {
    say(`${suite}: running`);
    const started = Date.now();
    const counts = suite === 'tools' ? await runTools() : await runJest(suite, words);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    say(`${suite}: ${counts.passed} passed, ${counts.failed} failed${skipped} in ${seconds} s`);
    total = add(total, counts);
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
