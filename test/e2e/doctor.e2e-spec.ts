import { Leases } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { randomBytes } from 'node:crypto';
import { databaseChecks } from '../../apps/idp/src/cli/local/database-checks';
import { JOB_MINUTES } from '../../apps/idp/src/cli/local/job-minutes';
import type { Environment } from '../../apps/idp/src/config/env';
import { masterKeys } from '../../apps/idp/src/config/parsers';
import { adminApi } from '../support/admin';
import { startIdp, type TestIdp } from '../support/idp';

describe('tokenidp doctor: what is stored', () => {
  let idp: TestIdp;
  let tenant: Tenant;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
  });

  afterAll(() => idp?.close());

  const sql = (text: string, values: unknown[] = []) => idp.database.dataSource.query(text, values);
  const examine = (masterKey = idp.masterKey) =>
    databaseChecks({
      databaseUrl: idp.databaseUrl,
      dataDir: '/nowhere',
      masterKeys: masterKeys(masterKey),
    } as unknown as Environment);
  const bad = async (masterKey?: string) => (await examine(masterKey)).filter(({ result }) => result !== 'ok');

  it('finds nothing where nothing is wrong, and says what it has looked at', async () => {
    const checks = await examine();
    expect(checks.filter(({ result }) => result !== 'ok')).toEqual([]);
    const names = ['indexes', 'database clock', 'jobs', 'secrets', 'signing keys', 'webhooks'];
    expect(checks.map(({ name }) => name)).toEqual(names);
  });

  it('knows the jobs that leave a trace each time', () => {
    const known = idp.get(Leases).jobs();
    const everyDay = /^\d+ \d+ \d+ /;
    const everyHour = /^\d+ \d+ \*|^0 0-23\/1 \*|^0 \*\/60 /;
    for (const [name, minutes] of Object.entries(JOB_MINUTES)) {
      const { schedule } = known.find((job) => job.name === name) ?? { schedule: `${name} is no job` };
      const expected = everyDay.test(schedule)
        ? 1440
        : everyHour.test(schedule)
          ? 60
          : schedule.includes('*/10')
            ? 10
            : schedule;
      expect([name, minutes]).toEqual([name, expected]);
    }
  });

  it('names an index that is gone, and one that is of no use', async () => {
    await sql(`DROP INDEX "user_by_sign_in"`);
    const isValid = (valid: boolean) =>
      sql(`UPDATE pg_index SET indisvalid = ${valid} WHERE indexrelid = '"user_email"'::regclass`);
    await isValid(false);
    const found = await bad();
    await isValid(true);
    expect(found.map(({ name, result, cause }) => [name, result, cause])).toEqual([
      ['indexes', 'wrong', 'missing: user_by_sign_in'],
      ['indexes', 'wrong', 'of no use: user_email'],
    ]);
    expect(found[0]!.fix).toContain('migrations');
  });

  it('S-186 names the master key that is missing', async () => {
    const api = await adminApi(idp, tenant);
    await api.post('webhooks', { name: 'Hook', url: 'https://hooks.example/', events: ['user.created'] });
    const other = (await bad(`other:${randomBytes(32).toString('base64')}`)).filter(({ name }) => name === 'secrets');
    const [id] = masterKeys(idp.masterKey).map((key) => key.id);
    expect(other.map(({ cause }) => cause)).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^webhook.secret .* ${id}$`))]),
    );
    expect(other[0]!.fix).toContain('MASTER_KEY');
    expect((await bad()).filter(({ name }) => name === 'secrets')).toEqual([]);
  });

  it('names a late job, a key without a successor and a disabled webhook', async () => {
    const long = new Date(Date.now() - 3 * 3600_000);
    await sql(`DELETE FROM "job_run" WHERE "job" = 'login.purge'`);
    const run = `INSERT INTO "job_run" ("id", "job", "fence", "startedAt") VALUES ($1, 'login.purge', 1, $2)`;
    await sql(run, [newId(), long]);
    await sql(`UPDATE "signing_key" SET "dueAt" = $2 WHERE "tenantId" = $1 AND "alg" = 'ES256'`, [tenant.id, long]);
    await sql(`UPDATE "webhook" SET "status" = 'disabled', "disabledReason" = 'It is gone.' WHERE "tenantId" = $1`, [
      tenant.id,
    ]);
    const found = await bad();
    expect(found.map(({ name, result }) => `${name}: ${result}`).sort()).toEqual(
      expect.arrayContaining(['jobs: wrong', 'signing keys: wrong', 'webhooks: doubtful']),
    );
    for (const { cause, fix } of found) expect([cause, fix]).not.toContain(null);
    expect(found.find(({ name }) => name === 'webhooks')!.cause).toContain('It is gone.');
  });

  it('says so where there is nothing to look at', async () => {
    const away = {
      databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
      dataDir: '/nowhere',
      masterKeys: masterKeys(idp.masterKey),
    };
    expect(await databaseChecks(away as unknown as Environment)).toMatchObject([{ name: 'data', result: 'wrong' }]);
    const embedded = { ...away, databaseUrl: undefined };
    expect(await databaseChecks(embedded as unknown as Environment)).toMatchObject([{ result: 'doubtful' }]);
  });
});
