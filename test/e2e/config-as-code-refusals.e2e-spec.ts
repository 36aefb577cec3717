import { randomToken } from '@tokenidp/kernel';
import { join } from 'node:path';
import { adminApi } from '../support/admin';
import { ConfigSuite, lineOf, ORDERS, update } from '../support/config-suite';
import { basic } from '../support/http';

describe('experience 17 config as code: what it refuses, and secrets', () => {
  let suite: ConfigSuite;

  beforeAll(async () => {
    suite = await ConfigSuite.start();
  });

  afterAll(() => suite?.close());

  beforeEach(() => suite.apply(suite.document));

  it('names the line of what it does not understand, and changes nothing', async () => {
    const text = [
      'version: 1',
      'tenant:',
      '  settings:',
      '    lifetimes:',
      '      accessTokenSeconds: 5',
      '      idTokenSecond: 60',
      'clients:',
      '  - client_id: machine',
      '    type: machine',
      '    redirect_uri: https://web.example/',
      'rolls: []',
    ];
    const path = suite.file(text.join('\n'), 'bad.yaml');
    const unknown = await suite.terminal.run('config', 'plan', path);
    expect([unknown.code, unknown.complaint.split('\n').sort()]).toEqual([
      1,
      [`${path}:10:5: There is no such member here.`, `${path}:11:1: There is no such member here.`],
    ]);
    const known = suite.file(text.filter((line) => !/redirect_uri|rolls/.test(line)).join('\n'), 'bad.yaml');
    const settings = await suite.terminal.run('config', 'apply', known, '--yes');
    expect([settings.code, settings.complaint.split('\n')]).toEqual([
      1,
      [`${path}:6:7: is not a setting`, `${path}:5:7: must be a whole number from 60 to 3600`],
    ]);
    const broken = await suite.terminal.run('config', 'plan', suite.file('version: 1\nversion: 1\n', 'bad.yaml'));
    expect([broken.code, broken.complaint]).toEqual([
      2,
      expect.stringContaining(`${path}:2:1: Map keys must be unique`),
    ]);
    expect((await suite.terminal.json('config', 'plan', suite.file(suite.document))).steps).toEqual([]);
  });

  it.each([
    [
      'an ORDERS that there is not',
      { roles: [{ name: 'a', displayName: 'A', permissions: [{ resource: 'https://x.example', keys: [] }] }] },
      '/roles/0/permissions/0/resource',
    ],
    [
      'a permission that goes',
      {
        resources: [{ identifier: ORDERS, name: 'x' }],
        roles: [{ name: 'a', displayName: 'A', permissions: [{ resource: ORDERS, keys: ['orders.ship'] }] }],
      },
      '/roles/0/permissions/0/keys/0',
    ],
    [
      'a scope that there is not',
      { clients: [{ client_id: 'x', type: 'machine', assignments: [{ resource: ORDERS, clientScopes: ['nope'] }] }] },
      '/clients/0/assignments/0/clientScopes/0',
    ],
    [
      'a role that there is not',
      { clients: [{ client_id: 'x', type: 'machine', roles: ['nope'] }] },
      '/clients/0/roles/0',
    ],
    ['a built-in role', { roles: [{ name: 'owner', displayName: 'Mine' }] }, '/roles/0/name'],
    [
      'a name twice',
      {
        roles: [
          { name: 'a', displayName: 'A' },
          { name: 'a', displayName: 'B' },
        ],
      },
      '/roles/1',
    ],
    [
      'a client that cannot be',
      { clients: [{ client_id: 'x', type: 'machine', redirect_uris: ['http://x.example/'] }] },
      '/clients/0/redirect_uris',
    ],
    ['an ORDERS of our own', { resources: [{ identifier: 'urn:x#y', name: 'x' }] }, '/resources/0'],
    ['another issuer', { tenant: { settings: { issuerMode: 'path' } } }, '/tenant/settings/issuerMode'],
    [
      'a secret without a value',
      { clients: [{ client_id: 'x', type: 'machine', secrets: [{ name: 'x' }] }] },
      '/clients/0/secrets/0',
    ],
    ['no version', { version: undefined }, '/version'],
    ['a section that is no section', { tenant: { settings: { lifetimes: 7 } } }, '/tenant/settings/lifetimes'],
    ['a name of the language', { tenant: { settings: { toString: 1 } } }, '/tenant/settings/toString'],
  ])('refuses %s, planned or applied', async (_what, content, pointer) => {
    for (const verb of ['plan', 'apply']) {
      const answer = await suite.operator.post(`config/${verb}`, { version: 1, ...content });
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
    }
  });

  const tokenStatus = async (secret: string): Promise<number> => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders.read', resource: ORDERS });
    return (await fetch(`${suite.tenant.issuer}/token`, { method: 'POST', headers: basic('machine', secret), body }))
      .status;
  };

  it('S-172 S-182 secrets by environment and file get tokens, and are nowhere to be read', async () => {
    expect([await tokenStatus(suite.secrets.env), await tokenStatus(suite.secrets.file)]).toEqual([200, 200]);
    const next = randomToken('tcs');
    const rotating = suite.terminal.with({ MACHINE_SECRET: next });
    const path = suite.file(suite.document);
    const plan = await rotating.run('config', 'plan', path, '--json');
    expect(JSON.parse(plan.output).steps).toEqual([
      update('client', 'machine', [
        ['secrets', ['from a file', 'from the environment'], ['from a file', 'from the environment (another value)']],
      ]),
    ]);
    const applied = await rotating.run('config', 'apply', path, '--yes');
    expect([applied.code, await tokenStatus(next), await tokenStatus(suite.secrets.env)]).toEqual([0, 200, 401]);
    const trail = JSON.stringify(await suite.idp.database.dataSource.query('SELECT * FROM audit_event'));
    const yaml = await suite.terminal.run('config', 'export');
    for (const secret of [next, suite.secrets.env, suite.secrets.file]) {
      for (const text of [plan.output, applied.output, yaml.output, trail, suite.logged.join('\n')]) {
        expect(text).not.toContain(secret);
      }
    }
  });

  it('S-172 names what a secret refers to and is not there, and takes none that was not drawn', async () => {
    const path = suite.file(suite.document);
    const line = (text: string): number => lineOf(path, text);
    const missing = await suite.terminal.with({ MACHINE_SECRET: '' }).run('config', 'plan', path);
    expect(missing).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('the environment has no MACHINE_SECRET'),
    });
    expect(missing.complaint).toContain(`${path}:${line('MACHINE_SECRET') - 1}:`);
    const elsewhere = suite.file(
      suite.edited((copy) => void (copy.clients[0]!.secrets![1]!.value = { file: 'nowhere' } as never)),
    );
    expect((await suite.terminal.run('config', 'plan', elsewhere)).complaint).toContain(
      `${join(suite.folder, 'nowhere')} cannot be read: ENOENT`,
    );
    const plain = suite.file(
      suite.edited((copy) => void (copy.clients[0]!.secrets![1]!.value = suite.secrets.file as never)),
    );
    expect((await suite.terminal.run('config', 'plan', plain)).complaint).toContain('a secret is referred to');
    const weak = await suite.terminal
      .with({ MACHINE_SECRET: 'hunter2' })
      .run('config', 'apply', suite.file(suite.document), '--yes');
    expect(weak).toMatchObject({ code: 1, complaint: expect.stringContaining('drawn by `tokenidp config secret`') });
    const drawn = await suite.terminal.run('config', 'secret');
    await suite.terminal
      .with({ MACHINE_SECRET: drawn.output })
      .run('config', 'apply', suite.file(suite.document), '--yes');
    expect(await tokenStatus(drawn.output)).toBe(200);
  });

  it('S-177 S-178 is applied by nobody who could not do each of its changes', async () => {
    const manager = await adminApi(suite.idp, suite.tenant, ['application-manager']);
    expect((await manager.post('config/apply', { version: 1, tenant: { displayName: 'x' } })).status).toBe(403);
    expect((await manager.get('config')).status).toBe(403);
    const admin = `{issuer}/admin/api`;
    const keys = [
      'settings.read',
      'settings.write',
      'clients.read',
      'clients.write',
      'clients.secrets',
      'roles.read',
      'roles.write',
      'resources.read',
    ];
    const roles = [
      ...suite.document.roles,
      { name: 'limited', displayName: 'Limited', permissions: [{ resource: admin, keys }] },
    ];
    await suite.operator.post('config/apply', { version: 1, roles });
    const limited = await adminApi(suite.idp, suite.tenant, ['limited']);
    const base = (await suite.operator.get('config')).body;
    const withClient = (client: object) => ({ version: 1, clients: [...base.clients, client] });
    const asked = async (body: object) => {
      const answer = await limited.post('config/apply', body);
      return [answer.status, answer.body.detail] as const;
    };
    const machine = { client_id: 'mine', type: 'machine' };
    const may = expect.stringContaining('You cannot give');
    expect(await asked(withClient({ ...machine, roles: ['owner'] }))).toEqual([403, may]);
    expect(
      await asked({
        version: 1,
        roles: [
          ...base.roles,
          { name: 'more', displayName: 'x', permissions: [{ resource: admin, keys: ['users.write'] }] },
        ],
      }),
    ).toEqual([403, may]);
    expect(
      await asked(withClient({ ...machine, token_exchange: { audiences: [`${suite.tenant.issuer}/admin/api`] } })),
    ).toEqual([403, may]);
    expect(
      await asked(
        withClient({
          ...machine,
          grant_types: ['client_credentials'],
          assignments: [{ resource: admin, userScopes: ['admin'] }],
        }),
      ),
    ).toEqual([403, may]);
    const [held] = base.clients.filter(({ client_id }: { client_id: string }) => client_id === 'machine');
    const rest = base.clients.filter(({ client_id }: { client_id: string }) => client_id !== 'machine');
    const taken = { ...held, secrets: [{ name: 'mine', value: randomToken('tcs') }] };
    expect(await asked({ version: 1, clients: [...rest, taken] })).toEqual([403, may]);
    expect(await asked({ version: 1, resources: [] })).toEqual([403, 'The permission resources.write is missing.']);
    expect(await asked({ version: 1, clients: [] })).toEqual([409, expect.stringContaining('by which it is applied')]);
    expect((await suite.operator.get('config')).body).toEqual(base);
  });
});
