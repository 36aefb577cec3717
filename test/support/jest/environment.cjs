// Tests run in the realm of Node itself, as the server does, and not in one of their own for each file: packages are
// loaded once per worker (see runtime.cjs). What a file changed of the process is put back when it is over.
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { initializeGarbageCollectionUtils } = require('jest-util');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** What a test file may change and the next one would see. */
function remember() {
  const env = { ...process.env };
  const globals = Object.getOwnPropertyDescriptors(globalThis);
  const listeners = SIGNALS.map((signal) => [signal, process.listeners(signal)]);
  const { exit } = process;
  const limit = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  return { env, globals, listeners, exit, limit, prepare };
}

function putBack({ env, globals, listeners, exit, limit, prepare }) {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  for (const key of Reflect.ownKeys(globalThis)) if (!(key in globals)) delete globalThis[key];
  for (const key of Reflect.ownKeys(globals)) {
    const descriptor = globals[key];
    if (descriptor.configurable) Object.defineProperty(globalThis, key, descriptor);
  }
  for (const [signal, before] of listeners) {
    for (const listener of process.listeners(signal)) {
      if (!before.includes(listener)) process.removeListener(signal, listener);
    }
  }
  process.exit = exit;
  Error.stackTraceLimit = limit;
  Error.prepareStackTrace = prepare;
}

class SameRealmEnvironment {
  constructor({ projectConfig }) {
    initializeGarbageCollectionUtils(globalThis, 'off');
    this.before = remember();
    this.conditions = projectConfig.testEnvironmentOptions.customExportConditions;
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.fakeTimers = null;
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    putBack(this.before);
    this.global = null;
  }

  exportConditions() {
    return this.conditions;
  }

  getVmContext() {
    return null;
  }
}

module.exports = SameRealmEnvironment;
module.exports.TestEnvironment = SameRealmEnvironment;
