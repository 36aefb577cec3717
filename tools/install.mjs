// Runs before anything is installed, on Node 18 or newer: brings node_modules up to the lock file, then hands over to Node 24.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const nodeBinary = join(root, 'node_modules/.bin/node');

/**
 * How the server is run: young objects die young here, and a small nursery keeps 60 MB out of resident memory. Rows of large
 * lists leave it, though: left to itself, the heap would grow to four times what is used before they are collected.
 */
export const serverFlags = ['--max-semi-space-size=4', '--heap-growing-percent=40'];

/** Milliseconds since 1970, or 0 when there is no such file. */
export const modifiedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
export const say = (line) => console.log(`› ${line}`);

/** Prints a line and ends: for what the person at the terminal can mend. */
export function stop(message) {
  console.error(`✗ ${message}`);
  process.exit(1);
}

/** Runs a command in the checkout; answers its exit code and says every ten seconds that it is still at it. */
export function run(command, args, { label, env = process.env } = {}) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const tick = label ? setInterval(() => say(`${label}: ${seconds()} s`), 10_000) : undefined;
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    child.on('error', (error) => resolve({ code: 127, error, seconds: seconds() }));
    child.on('exit', (code, signal) => resolve({ code: code ?? 1, signal, seconds: seconds() }));
  }).finally(() => clearInterval(tick));
}

function installed() {
  const stamp = modifiedAt(join(root, 'node_modules/.package-lock.json'));
  return stamp > 0 && stamp >= modifiedAt(join(root, 'package-lock.json')) && existsSync(nodeBinary);
}

/** The npm that started us, else the one on PATH. Its `--prefix` must not reach the npm we start. */
export function npm(label, args) {
  const { npm_config_prefix: _prefix, npm_config_local_prefix: _local, ...env } = process.env;
  const script = process.env.npm_execpath;
  const isNpm = script !== undefined && /npm-cli\.[cm]?js$/.test(script) && existsSync(script);
  return isNpm ? run(process.execPath, [script, ...args], { label, env }) : run('npm', args, { label, env });
}

/** Makes node_modules match package-lock.json; costs two file reads when it already does. */
export async function install() {
  if (installed()) return;
  say('installing packages (about a minute, only after a change of package-lock.json)');
  const result = await npm('installing', ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error']);
  if (result.code === 127) stop('npm was not found. It comes with Node.js: install Node 18 or newer and try again.');
  if (result.code !== 0) {
    stop(
      `npm ci failed (exit code ${result.code}). Is the package registry within reach, and may you write to ${root}?\n` +
        '  Try `rm -rf node_modules && npm ci` to see everything npm has to say.',
    );
  }
  if (!existsSync(nodeBinary)) {
    stop('npm did not install Node 24: its install scripts are switched off. Run `npm ci --ignore-scripts=false`.');
  }
  say(`installed in ${result.seconds} s`);
}

/** Answers true when this process is a Node 24 with the flags; otherwise runs the script again on one, to the end. */
export async function onInstalledNode(script, flags = []) {
  const isNode24 = Number(process.versions.node.split('.')[0]) >= 24;
  if (isNode24 && flags.every((flag) => process.execArgv.includes(flag))) return true;
  const child = spawn(nodeBinary, [...flags, script, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve) => {
    child.on('error', (error) => stop(`Node 24 could not be started: ${error.message}`));
    child.on('exit', (...end) => resolve(end));
  });
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  process.exit(code ?? 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await install();
