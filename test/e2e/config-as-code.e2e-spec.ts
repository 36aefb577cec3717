import { PORTAL_CLIENT_ID } from '@tokenidp/clients';
import { randomToken } from '@tokenidp/kernel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { AdminApi } from '../support/admin';
import { ConfigSuite, lineOf, ORDERS, update, WIPED } from '../support/config-suite';
import { root } from '../support/server-process';

describe('experience 17 config as code', () => {
  let suite: ConfigSuite;

  beforeAll(async () => {
    suite = await ConfigSuite.start();
  });

  afterAll(() => suite?.close());

  beforeEach(() => suite.apply(suite.document));

  it('exports, wipes and applies to the same export', async () => {
    const before = await suite.exported();
    expect(before.clients.map((client: { client_id: string }) => client.client_id)).toEqual(['machine', 'web']);
    await suite.apply(WIPED);
    expect(await suite.exported()).toEqual(WIPED);
    const references = structuredClone(before);
    references.clients[0].secrets = suite.document.clients[0]!.secrets;
    await suite.apply(references);
    expect(await suite.exported()).toEqual(before);
    expect(before.clients[1]).toEqual({ ...suite.document.clients[1] });
    expect(before.tenant).toEqual(suite.document.tenant);
  });

  it('is idempotent: the second apply does nothing and is not in the audit trail', async () => {
    const before = await suite.events();
    expect(await suite.apply(suite.document)).toBe('nothing differs');
    expect(await suite.events()).toBe(before);
  });

  it('plans exactly what differs, and an apply of the plan does that and nothing else', async () => {
    const wanted = suite.edited((copy) => {
      copy.tenant.settings.lifetimes.accessTokenSeconds = 300;
      copy.resources[0]!.name = 'Sales';
      copy.resources[0]!.permissions = [{ key: 'orders.ship', description: 'Send' }];
      copy.roles.pop();
      copy.clients[0]!.access_token_seconds = 60;
      copy.clients[0]!.roles = ['shipper'];
      copy.clients[0]!.assignments = [{ resource: ORDERS, clientScopes: ['orders.read'] }];
      copy.trustedIssuers.push({ ...copy.trustedIssuers[0]!, issuer: 'https://new.example', enabled: true });
    });
    const plan = await suite.terminal.json('config', 'plan', suite.file(wanted));
    const [trustedIssuer] = plan.steps.filter(({ kind }: { kind: string }) => kind === 'trusted-issuer');
    expect(plan.steps).toEqual([
      update('tenant', 'acme', [['settings.lifetimes.accessTokenSeconds', 240, 300]]),
      update('resource', ORDERS, [['name', 'Orders', 'Sales']]),
      update('permission', `${ORDERS} orders.ship`, [['description', '', 'Send']]),
      update('client', 'machine', [
        ['access_token_seconds', 120, 60],
        [`assignments.${suite.tenant.issuer}/admin/api`, { userScopes: [], clientScopes: ['admin'] }, null],
        [`assignments.${ORDERS}`, both(['orders.read', 'orders.write']), both(['orders.read'])],
        ['roles', ['auditor', 'shipper'], ['shipper']],
      ]),
      { ...trustedIssuer, action: 'create', key: 'https://new.example' },
      { action: 'delete', kind: 'role', key: 'nothing', changes: [] },
      { action: 'delete', kind: 'permission', key: `${ORDERS} orders.refund`, changes: [] },
    ]);
    expect((await suite.terminal.run('config', 'plan', suite.file(wanted))).output).toContain(
      '~ resource https://api.example/orders\n    name: "Orders" → "Sales"',
    );
    const stale = await suite.operator.post(`config/apply?expect=${'x'.repeat(43)}`, { version: 1, roles: [] });
    expect([stale.status, stale.body.detail]).toEqual([409, expect.stringContaining('plan again')]);
    expect((await suite.terminal.json('config', 'plan', suite.file(suite.document))).steps).toEqual([]);
    const done = await suite.terminal.json('config', 'apply', suite.file(wanted), '--yes');
    expect(done).toEqual(plan);
    expect((await suite.terminal.json('config', 'plan', suite.file(wanted))).steps).toEqual([]);
  });

  it('all of it or nothing: what fails last takes back what was done first', async () => {
    const [before, recorded] = [await suite.exported(), await suite.events()];
    const wanted = suite.edited((copy) => {
      copy.tenant.displayName = 'Lost';
      copy.resources.push({ ...copy.resources[0]!, identifier: 'https://api.example/lost' });
      copy.clients.push({ client_id: PORTAL_CLIENT_ID, type: 'machine' } as never);
    });
    const path = suite.file(wanted);
    const ending = await suite.terminal.run('config', 'apply', path, '--yes');
    expect([ending.code, ending.output]).toEqual([1, '']);
    expect(ending.complaint).toBe(`${path}:${lineOf(path, PORTAL_CLIENT_ID)}:7: The client_id is taken.`);
    expect(await suite.exported()).toEqual(before);
    expect(await suite.events()).toBe(recorded + 1);
  });

  it('tells drift by its exit code, and a YAML export has none', async () => {
    const path = join(suite.folder, 'exported.yaml');
    expect((await suite.terminal.run('config', 'export', '--output', path)).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=http:.*config\.schema\.json\nversion: 1\n/,
    );
    expect(parse(readFileSync(path, 'utf8'))).toEqual(await suite.exported());
    expect(await suite.terminal.run('config', 'drift', path)).toMatchObject({ code: 0, output: 'nothing differs' });
    const { items } = (await suite.operator.get('clients?search=machine')).body;
    await suite.operator.patch(`clients/${items[0].id}`, { client_name: 'Changed by hand' });
    const drifted = await suite.terminal.run('config', 'drift', path);
    expect([drifted.code, drifted.output]).toEqual([4, expect.stringContaining('"Changed by hand" → "Machine"')]);
  });

  it('plans the example of its page, and serves the schema that is published', async () => {
    const page = readFileSync(join(root, 'docs/config-as-code.md'), 'utf8');
    const example = suite.file(/```yaml\n(.*?)```/s.exec(page)![1]!, 'example.yaml');
    writeFileSync(join(suite.folder, 'nightly-report.secret'), randomToken('tcs'));
    const terminal = suite.terminal.with({ INVOICES_WEB_SECRET: randomToken('tcs') });
    const { steps } = await terminal.json('config', 'plan', example);
    const made = steps.filter(({ action }: { action: string }) => action === 'create');
    expect(made.map(({ kind, key }: { kind: string; key: string }) => `${kind} ${key}`)).toEqual([
      'resource https://api.acme.example/invoices',
      'permission https://api.acme.example/invoices invoices.approve',
      'role accountant',
      'client invoices-web',
      'client nightly-report',
    ]);
    const schema = await (await fetch(`${suite.tenant.issuer}/docs/config.schema.json`)).json();
    expect(schema).toEqual(JSON.parse(readFileSync(join(root, 'docs/config.schema.json'), 'utf8')));
  });

  it('S-176 leaves another tenant alone, and is not asked for one', async () => {
    const other = await suite.idp.createTenant({ slug: 'globex' });
    const theirs = new AdminApi(other, suite.operator.token);
    const { clients, ...rest } = suite.document;
    const body = { ...rest, clients: clients.map(({ secrets: _secrets, ...client }) => client) };
    expect((await theirs.post('config/apply', body)).status).toBe(200);
    const [before, recorded] = [(await theirs.get('config')).body, await suite.events(other)];
    await suite.apply(WIPED);
    await suite.apply(suite.document);
    expect(await suite.events(other)).toBe(recorded);
    expect((await theirs.get('config')).body).toEqual(before);
    expect(JSON.stringify(before)).not.toContain('from a file');
  });
});

const both = (clientScopes: string[]) => ({ userScopes: [], clientScopes });
