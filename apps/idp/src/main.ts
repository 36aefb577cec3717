import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { banner } from './banner';
import { createIdp } from './bootstrap';
import { type Environment, readEnvironment } from './config/env';
import { EnvironmentError } from './config/variable';
import { firstRun } from './first-run';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** npm passes on a Ctrl-C that the terminal has sent already: what follows this closely is the same one. */
const SAME_SIGNAL_MILLISECONDS = 1000;

async function start(environment: Environment): Promise<void> {
  const application = await createIdp(environment);
  closeOnSignal(application);
  const { issuer, setupLink, demo } = await firstRun(application, environment);
  await application.listen(environment.port, environment.host);
  console.log(banner(issuer, setupLink, demo));
}

/** Lets what is under way end, then the database; a later second signal does not wait. */
function closeOnSignal(application: NestFastifyApplication): void {
  let closingSince: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (closingSince !== undefined) {
        if (performance.now() - closingSince > SAME_SIGNAL_MILLISECONDS) process.exit(1);
        return;
      }
      closingSince = performance.now();
      application.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
}

/** An operator needs the reason, not the stack. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  if (!(error instanceof EnvironmentError) && error instanceof Error && error.cause) console.error(error.cause);
  process.exit(1);
}

try {
  start(readEnvironment()).catch(fail);
} catch (error) {
  fail(error);
}
