import type { Client } from 'pg';

const FIRST_MS = 1_000;
const LAST_MS = 60_000;

/**
 * Has a connection plan its prepared statements anew, soon while it is young and every minute later. A plan made while
 * its tables were nearly empty takes any index that begins with the tenant and then looks at all of the tenant's rows;
 * nothing but the next ANALYZE, perhaps minutes later, would make it go.
 */
export function renewPlans(client: Client): void {
  let timer: NodeJS.Timeout;
  const renewAfter = (milliseconds: number): void => {
    timer = setTimeout(() => {
      // Within a transaction, too. Who uses the connection hears of its loss by itself.
      client.query('DISCARD PLANS').catch(() => {});
      renewAfter(Math.min(milliseconds * 2, LAST_MS));
    }, milliseconds).unref();
  };
  client.once('end', () => clearTimeout(timer));
  renewAfter(FIRST_MS);
}
