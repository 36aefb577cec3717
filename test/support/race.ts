import type { Tenant, TenantSettingsPatch } from '@tokenidp/tenancy';
import { CodeFlow } from './code-flow';
import { createUser, type TestClient } from './fixtures';
import { HttpBrowser } from './http-browser';
import { startIdp, startSibling, type TestIdp } from './idp';

/** How often each race is run. */
export const ROUNDS = 500;
/** How many ask for the same thing at the same instant, half of them at each instance. */
export const RIVALS = 8;
/** How many races run side by side, each about a thing of its own. */
export const LANES = 5;

/** Signatures that cost the race next to nothing. */
const QUICK_KEYS = { keys: { algorithms: ['ES256'] } } satisfies TenantSettingsPatch;
export const QUICK_TOKENS = { id_token_signed_response_alg: 'ES256' };

/** Two instances of the server on one database, and people who ask both of them at once. */
export class Race {
  private constructor(readonly instances: readonly [TestIdp, TestIdp]) {}

  static async start(environment: Record<string, string> = {}): Promise<Race> {
    const first = await startIdp({ environment });
    return new Race([first, await startSibling(first, environment)]);
  }

  /** The instance whose address is the public one. */
  get idp(): TestIdp {
    return this.instances[0];
  }

  async close(): Promise<void> {
    await this.instances[1].close();
    await this.instances[0].close();
  }

  newTenant(slug: string, settings: TenantSettingsPatch = {}): Promise<Tenant> {
    return this.idp.createTenant({ slug, settings: { ...QUICK_KEYS, ...settings } });
  }

  /** The same at the same instant, by turns at each instance. */
  atOnce<T>(ask: (instance: TestIdp, rival: number) => Promise<T>, rivals = RIVALS): Promise<T[]> {
    return Promise.all(Array.from({ length: rivals }, (_, rival) => ask(this.instances[rival % 2]!, rival)));
  }

  /** Somebody who has signed in to the app and is not asked again: a code costs one request. */
  async signedIn(tenant: Tenant, app: TestClient): Promise<{ flow: CodeFlow; browser: HttpBrowser }> {
    const { credentials } = await createUser(this.idp, tenant);
    const flow = await CodeFlow.of(tenant, app);
    const browser = new HttpBrowser();
    await flow.code(browser, { credentials });
    return { flow, browser };
  }
}

/** Runs the work once for each round; in a lane one after another, the lanes side by side, so that nobody waits idly. */
export async function everyRound(work: (round: number, lane: number) => Promise<void>, rounds = ROUNDS): Promise<void> {
  let next = 0;
  const lane = async (number: number): Promise<void> => {
    try {
      while (next < rounds) await work(next++, number);
    } catch (error) {
      next = rounds;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
}
