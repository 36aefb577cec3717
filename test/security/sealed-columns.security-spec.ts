import { SealedColumns } from '@tokenidp/database';
import { TenantsService } from '@tokenidp/tenancy';
import { WebhooksService } from '@tokenidp/webhooks';
import { randomBytes } from 'node:crypto';
import { AdminApi, adminToken, createAdministrator } from '../support/admin';
import { CibaFlow, createAsker } from '../support/ciba-flow';
import { createMachine, createUser } from '../support/fixtures';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startIdp, type TestIdp } from '../support/idp';
import { isSignedWith, WebhookReceiver } from '../support/webhook-receiver';

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const HOOK = { name: 'Hook', events: ['user.created'] };

describe('what is stored sealed', () => {
  let database: TestDatabase;
  let receiver: WebhookReceiver;
  const [first, second] = [newKey('m_1'), newKey('m_2')];

  beforeAll(async () => {
    [database, receiver] = await Promise.all([createTestDatabase(), WebhookReceiver.start()]);
  });

  afterAll(async () => {
    await receiver?.close();
    await database?.drop();
  });

  /** A server of that master key, whose public URL is that of whichever came first. */
  async function during<T>(masterKey: string, publicUrl: string | undefined, work: (idp: TestIdp) => Promise<T>) {
    const environment = { OUTBOUND_ALLOWED_HOSTS: receiver.host, ...(publicUrl && { PUBLIC_URL: publicUrl }) };
    const idp = await startIdp({ databaseUrl: database.url, masterKey, environment });
    try {
      return await work(idp);
    } finally {
      await idp.close();
    }
  }

  /** `table.column` of every text that an envelope was written into. */
  async function sealedIn(idp: TestIdp): Promise<string[]> {
    const query = (sql: string) => idp.database.dataSource.query(sql);
    const columns: { table: string; column: string }[] = await query(
      `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'text'`,
    );
    const found: string[] = [];
    for (const { table, column } of columns) {
      const rows = await query(`SELECT 1 FROM "${table}" WHERE "${column}" ~ '^v1\\.m_[12]\\.([\\w-]+~?)+' LIMIT 1`);
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
    return found.sort();
  }

  /** `table.column: master key` of all that is registered. */
  async function keysOf(idp: TestIdp): Promise<string[]> {
    const columns = idp.get(SealedColumns);
    const all = columns.all().map(async (column) => {
      const rows = await columns.sealedOtherwise(column, '-', { take: 100 });
      return rows.map(({ sealed }) => `${column.name}: ${sealed.split('.')[1]}`);
    });
    return [...new Set((await Promise.all(all)).flat())].sort();
  }

  it('S-186 ASVS V11.2.2 follows the first master key, all of it, and opens without the one before', async () => {
    const made = await during(first, undefined, async (idp) => {
      const tenant = await idp.createTenant({ slug: 'acme' });
      const administrator = await createAdministrator(idp, tenant);
      const api = new AdminApi(tenant, await adminToken(tenant, administrator.client.client_id, administrator.secret));
      const hook = await api.post('webhooks', { ...HOOK, url: receiver.url('/hook') }, { 'idempotency-key': 'k' });
      const rotated = await api.post(`webhooks/${hook.body.id}/secret/rotate`, { overlapSeconds: 86_400 });
      await createMachine(idp, tenant, { token_endpoint_auth_method: 'client_secret_jwt' });
      const endpoint = 'https://client.example/notified';
      const ping = { backchannel_token_delivery_mode: 'ping', backchannel_client_notification_endpoint: endpoint };
      const flow = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant, ping as never));
      const { credentials } = await createUser(idp, tenant);
      await flow.begin({ login_hint: credentials.username, client_notification_token: 'a'.repeat(43) });
      const registered = idp.get(SealedColumns).all();
      expect(registered.map(({ name }) => name).sort()).toEqual(await sealedIn(idp));
      expect(new Set((await keysOf(idp)).map((each) => each.split(': ')[1]))).toEqual(new Set(['m_1']));
      const secrets = [hook.body.secret, rotated.body.secret] as [string, string];
      return { origin: idp.origin, administrator, hook, secrets, sealed: registered.length };
    });
    await during(`${second},${first}`, made.origin, async (idp) => {
      const keys = await keysOf(idp);
      expect(keys).toHaveLength(made.sealed);
      expect(keys.filter((each) => !each.endsWith(': m_2'))).toEqual([]);
    });
    await during(second, made.origin, async (idp) => {
      const tenant = (await idp.get(TenantsService).findBySlug('acme'))!;
      const told = await idp.get(WebhooksService).test(tenant.id, made.hook.body.id);
      expect(told).toMatchObject({ outcome: 'succeeded' });
      for (const secret of made.secrets) expect(isSignedWith(secret, receiver.received.at(-1)!)).toBe(true);
    });
  });
});
