import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { send } from '../support/http';
import { Installation, postgresIn, rebuild, type ServerProcess } from '../support/server-process';
import { StartBanner } from '../support/start-banner';

jest.setTimeout(180_000);

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

beforeAll(() => rebuild());

describe('what is wrong with the environment', () => {
  afterEach(() => Installation.clearAll());

  const refusedOf = async (environment: Record<string, string>): Promise<string[]> => {
    const place = new Installation();
    const { code, output } = await (await place.start(environment)).ending();
    expect(code).toBe(1);
    expect(existsSync(place.dataDir)).toBe(false);
    const [head, ...problems] = output.trim().split('\n');
    expect(head).toBe('The environment is not usable:');
    for (const secret of ['planted', 'c2hvcnQ=']) expect(output).not.toContain(secret);
    return problems.map((line) => /^ {2}([A-Z_]+): \S/.exec(line)![1]!).sort();
  };

  it('product §11 is told all at once, by name and without secrets, and the server stops', async () => {
    const bad = {
      BOOTSTRAP_ADMIN_EMAIL: 'nobody',
      BOOTSTRAP_ADMIN_PASSWORD_FILE: '/does/not/exist',
      DATABASE_URL: 'mysql://planted:planted@db/x',
      DEMO: 'perhaps',
      LOG_LEVEL: 'loud',
      MASTER_KEY: 'c2hvcnQ=',
      MASTER_KEY_FILE: '/does/not/exist',
      NODE_ENV: 'staging',
      PORT: '99999',
      PUBLIC_URL: 'ftp://id.example.com',
      TENANT_ISSUER_MODE: 'cookie',
      TENANT_ROOT_DOMAIN: 'Not A Domain',
      TRUSTED_PROXIES: 'everybody',
    };
    expect(await refusedOf(bad)).toEqual(Object.keys(bad));
  });

  it('product §11 production refuses what is for development, and what contradicts itself', async () => {
    const bad = {
      NODE_ENV: 'production',
      DEMO: '1',
      PUBLIC_URL: 'http://id.example.com',
      BOOTSTRAP_ADMIN_EMAIL: 'a@b.example',
    };
    expect(await refusedOf(bad)).toEqual(['BOOTSTRAP_ADMIN_PASSWORD', 'DEMO', 'MASTER_KEY', 'PUBLIC_URL']);
    expect(await refusedOf({ TENANT_ISSUER_MODE: 'subdomain' })).toEqual(['TENANT_ROOT_DOMAIN']);
  });
});

describe('a start that is cut short', () => {
  afterEach(() => Installation.clearAll());

  it.each(['SIGINT', 'SIGKILL'] as const)('by %s leaves nothing half done', async (signal) => {
    const place = new Installation({ DEMO: '1' });
    const server = await place.start();
    await server.until(() => postgresIn(place.dataDir) !== undefined, 'start PostgreSQL');
    const ending = await server.stop(signal);
    if (signal === 'SIGINT') {
      expect(ending).toMatchObject({ code: 0, signal: null });
      expect(ending.output).not.toContain('TokenIDP is up.');
      expect(postgresIn(place.dataDir)).toBeUndefined();
    }
    const banner = new StartBanner(await (await place.start()).banner());
    expect(banner.told('Set-up link')).toContain('/setup?token=');
    expect(banner.commands).toHaveLength(5);
    expect(await banner.machineToken()).toMatchObject({ introspected: { active: true } });
  });
});

describe('a plain user', () => {
  afterEach(() => Installation.clearAll());

  const as = { command: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'], uid: NOBODY };

  it('starts the server in a folder of their own, and again', async () => {
    const place = new Installation({ DEMO: '1' }, isRoot ? as : undefined);
    for (let time = 0; time < 2; time += 1) {
      const server = await place.start();
      const banner = new StartBanner(await server.banner());
      expect(await banner.machineToken()).toMatchObject({ introspected: { active: true } });
      expect(await server.stop('SIGTERM')).toMatchObject({ code: 0 });
      expect(postgresIn(place.dataDir)).toBeUndefined();
    }
  });
});

describe('product §13 three servers that are started at once on one empty database', () => {
  let database: TestDatabase;
  let servers: ServerProcess[];

  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(async () => {
    await Installation.clearAll();
    await database?.drop();
  });

  async function count(from: string): Promise<number> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ count: number }>(`SELECT COUNT(*)::int AS count FROM ${from}`);
      return rows[0]!.count;
    } finally {
      await client.end();
    }
  }

  it('all come up; each migration was run by one of them, and there is one of everything', async () => {
    const environment = {
      DATABASE_URL: database.url,
      MASTER_KEY: randomBytes(32).toString('base64'),
      PUBLIC_URL: 'http://localhost:3000',
      DEMO: '1',
      BOOTSTRAP_ADMIN_EMAIL: 'root@example.com',
      BOOTSTRAP_ADMIN_PASSWORD: 'correct horse battery staple',
    };
    servers = await Promise.all([1, 2, 3].map(() => new Installation().start(environment)));
    await Promise.all(servers.map((server) => server.banner()));
    const applied = servers.map(({ said }) => Number(/"(\d+) migrations applied"/.exec(said)?.[1] ?? 0));
    expect(applied.reduce((sum, each) => sum + each)).toBe(await count('schema_migration'));
    for (const { origin } of servers) expect((await send(`${origin}/health/ready`)).status).toBe(200);
    expect(await count('tenant')).toBe(2);
    expect(
      await count(`user_role ur JOIN role r USING ("tenantId") WHERE r.id = ur."roleId" AND r.name = 'owner'`),
    ).toBe(1);
    expect(await count(`signing_key WHERE state <> 'current'`)).toBe(0);
  });

  it('S-098 and publish the same keys', async () => {
    const jwks = await Promise.all(
      servers.map(({ origin }) => send('http://localhost:3000/.well-known/jwks.json', { via: { origin } })),
    );
    expect(new Set(jwks.map(({ text }) => text)).size).toBe(1);
    expect(jwks[0]!.json).toHaveProperty('keys');
  });
});
