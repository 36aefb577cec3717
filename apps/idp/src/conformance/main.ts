/**
 * A server for a conformance suite: `npm run start:conformance -- <plan> <values>`. Its tenants are for tests alone (`sandbox`);
 * everything else is the product as it is. docs/conformance.md tells how.
 */
import { once } from 'node:events';
import { createIdp } from '../bootstrap';
import { readEnvironment } from '../config/env';
import { firstRun } from '../first-run';
import { type PlanValues, readJson, readPlan } from './conformance-plan';
import { type PlannedIssuer, seedPlan } from './conformance-seed';

async function run(planPath: string | undefined, valuesPath: string | undefined): Promise<void> {
  if (!planPath || !valuesPath) throw new Error('Usage: npm run start:conformance -- <plan.json> <values.json>');
  const environment = readEnvironment();
  const plan = readPlan(planPath, readJson(valuesPath) as PlanValues);
  const application = await createIdp(environment);
  try {
    await firstRun(application, { ...environment, demo: false });
    const issuers = await seedPlan(application, plan);
    await application.listen(environment.port, environment.host);
    console.log(report(issuers));
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await application.close();
  }
}

function report(issuers: readonly PlannedIssuer[]): string {
  const lines = issuers.flatMap(({ issuer, secrets }) => [
    `  ${issuer}`,
    ...Object.entries(secrets).map(([client, secret]) => `    ${client}  ${secret}`),
  ]);
  return [
    '',
    'TokenIDP is up for a conformance suite. Issuers, and the secrets of new clients:',
    '',
    ...lines,
    '',
  ].join('\n');
}

run(process.argv[2], process.argv[3]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
