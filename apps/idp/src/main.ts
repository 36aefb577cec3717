import './compile-cache';
import { once } from 'node:events';
import { banner } from './banner';
import { createIdp } from './bootstrap';
import { type Environment, readEnvironment } from './config/env';
import { EnvironmentError } from './config/variable';
import { firstRun } from './first-run';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** npm passes on a Ctrl-C that the terminal has sent already: what follows this closely is the same one. */
const SAME_SIGNAL_MILLISECONDS = 1000;

async function run(environment: Environment): Promise<void> {
  const stop = stopBySignal();
  const application = await createIdp(environment);
  try {
    const { issuer, setupLink, demo } = await firstRun(application, environment);
    if (stop.aborted) return;
    await application.listen(environment.port, environment.host);
    console.log(banner(issuer, setupLink, demo));
    if (!stop.aborted) await once(stop, 'abort');
  } finally {
    // Lets what is under way end, then the database.
    await application.close();
  }
}

/** Aborted by the first signal, also while everything is still starting; a later second one does not wait. */
function stopBySignal(): AbortSignal {
  const stop = new AbortController();
  let since = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stop.signal.aborted && performance.now() - since > SAME_SIGNAL_MILLISECONDS) process.exit(1);
      if (!stop.signal.aborted) since = performance.now();
      stop.abort();
    });
  }
  return stop.signal;
}

/** An operator needs the reason, not the stack. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  if (!(error instanceof EnvironmentError) && error instanceof Error && error.cause) console.error(error.cause);
  process.exit(1);
}

try {
  run(readEnvironment()).then(() => process.exit(0), fail);
} catch (error) {
  fail(error);
}
