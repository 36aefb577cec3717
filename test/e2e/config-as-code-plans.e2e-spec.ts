import { randomToken } from '@tokenidp/kernel';
import { ConfigSuite } from '../support/config-suite';

const drawn = () => ({ name: 'x', value: randomToken('tcs') });

describe('experience 17 config as code: a plan is what an apply does', () => {
  let suite: ConfigSuite;

  beforeAll(async () => {
    suite = await ConfigSuite.start();
  });

  afterAll(() => suite?.close());

  it.each([
    ['a client_id that is taken', { client_id: 'admin-web' }, 409, '/clients/0/client_id'],
    ['a secret that was thought up', { secrets: [{ name: 'x', value: 'correct horse' }] }, 400, '/clients/0'],
    ['an end that is over', { secrets: [{ ...drawn(), expiresAt: '2020-01-01T00:00:00Z' }] }, 400, '/clients/0'],
    [
      'an instant that is none',
      { secrets: [{ ...drawn(), expiresAt: 'soon' }] },
      400,
      '/clients/0/secrets/0/expiresAt',
    ],
  ])('a plan refuses %s, as an apply would', async (_what, members, status, pointer) => {
    const document = { version: 1, clients: [{ client_id: 'planned', type: 'machine', ...members }] };
    const [plan, apply] = [
      await suite.operator.post('config/plan', document),
      await suite.operator.post('config/apply', document),
    ];
    expect([plan.status, plan.body.errors[0].pointer]).toEqual([status, pointer]);
    expect([apply.status, apply.body.errors, apply.body.detail]).toEqual([status, plan.body.errors, plan.body.detail]);
  });

  it('a secret ends when the file says so, and a plan leaves nothing behind', async () => {
    const secret = drawn();
    const end = new Date(suite.idp.clock.now().getTime() + 90 * 86_400_000).toISOString();
    const document = (change: object) => ({
      version: 1,
      clients: [{ client_id: 'ending', type: 'machine', secrets: [{ ...secret, ...change }] }],
    });
    const config = async (verb: string, change: object) =>
      (await suite.operator.post(`config/${verb}`, document(change))).body;
    const { steps } = await config('plan', { expiresAt: end });
    expect(steps.map(({ key, action }: { key: string; action: string }) => `${action} ${key}`)).toContain(
      'create ending',
    );
    expect((await suite.operator.get('clients?search=ending')).body.items).toEqual([]);
    expect((await config('apply', { expiresAt: end })).steps).toEqual(steps);
    expect((await config('plan', { expiresAt: end })).steps).toEqual([]);
    expect((await config('plan', { value: undefined, expiresAt: end })).steps).toEqual([]);
    expect((await config('plan', {})).steps).toEqual([]);
    const later = new Date(Date.parse(end) + 86_400_000).toISOString();
    const refused = await config('plan', { value: undefined, expiresAt: later });
    expect(refused.errors[0].pointer).toBe('/clients/0/secrets/0/expiresAt');
    const [moved] = (await config('apply', { expiresAt: later })).steps;
    expect(moved.changes[0]).toMatchObject({ member: 'secrets', after: [`${secret.name} (another end)`] });
    const exported = (await suite.operator.get('config')).body;
    const { secrets } = exported.clients.find(({ client_id }: { client_id: string }) => client_id === 'ending');
    expect(secrets).toEqual([{ name: secret.name, expiresAt: later }]);
  });
});
