import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { send } from '../support/http';
import { untilReady } from '../support/outages';
import { Installation, postgresIn, rebuild, root, type ServerProcess } from '../support/server-process';
import { StartBanner } from '../support/start-banner';

jest.setTimeout(180_000);

const ADMINISTRATOR = { email: 'root@example.com', username: 'root', password: 'correct horse battery staple' };

beforeAll(() => rebuild());

async function kids(origin: string): Promise<string[]> {
  const { json } = await send(`${origin}/.well-known/jwks.json`);
  return (json!.keys as { kid: string }[]).map(({ kid }) => kid).sort();
}

describe('product §12 a folder from its first start on', () => {
  const place = new Installation({ DEMO: '1' });
  let browser: Browser;
  let server: ServerProcess;
  let banner: StartBanner;
  let keys: string[];
  let token: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    server = await place.start();
    banner = new StartBanner(await server.banner());
  });
  afterAll(async () => {
    await browser?.close();
    await Installation.clearAll();
  });

  const inBrowser = async (work: (page: Page) => Promise<void>): Promise<void> => {
    const context = await browser.newContext({ locale: 'en-US' });
    try {
      await work(await context.newPage());
    } finally {
      await context.close();
    }
  };

  it('tells issuer, set-up link, the demo and where to sign in; each of these places is there', async () => {
    expect(banner.told('Issuer')).toBe(server.origin);
    const metadata = await send(`${banner.told('Issuer')}/.well-known/openid-configuration`);
    expect(metadata.json).toMatchObject({ issuer: server.origin });
    expect(banner.told('Demo tenant')).toBe(`${server.origin}/t/demo`);
    for (const place of ['Set-up link', 'Sign in']) {
      const page = await send(banner.told(place));
      expect({ status: page.status, type: page.headers.get('content-type') }).toMatchObject({
        status: 200,
        type: expect.stringMatching(/^text\/html/),
      });
    }
    expect(banner.commands).toHaveLength(5);
    keys = await kids(server.origin);
  });

  it('tells a token and its introspection, ready to paste', async () => {
    const printed = await banner.machineToken();
    token = printed.token;
    expect(decodeJwt(token)).toMatchObject({ iss: `${server.origin}/t/demo`, client_id: 'demo-machine' });
    expect(printed.introspected).toMatchObject({ active: true, client_id: 'demo-machine', scope: 'invoices.read' });
  });

  it('tells how to use the terminal, ready to paste, which lists the applications of the demo', async () => {
    const [heading, ...rows] = await banner.administration();
    expect(heading).toMatch(/^ID +CLIENT_ID +CLIENT_NAME +TYPE +STATUS$/);
    const names = rows.map((row) => row.split(/ {2,}/)[1]).sort();
    const demo = ['demo-admin', 'demo-device', 'demo-machine', 'demo-native', 'demo-spa', 'demo-web'];
    expect(names).toEqual(expect.arrayContaining(demo));
  });

  it('tells a sign-in, ready to paste, which ends with what the app knows of alice', async () => {
    const [, , signIn] = banner.commands;
    const terminal = spawn('bash', ['-c', signIn!], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const ended = new Promise((resolve) => terminal.once('close', resolve));
    await server.until(() => /http\S+\n/.test(printed), 'print an address');
    await inBrowser(async (page) => {
      await page.goto(/http\S+/.exec(printed)![0]);
      await page.fill('[name=username]', 'alice');
      await page.fill('[name=password]', banner.alicesPassword);
      await page.click('#login-submit');
      await page.click('#consent-allow');
      await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback\?/);
      expect(await page.textContent('body')).toContain('Back to the terminal');
    });
    expect(await ended).toBe(0);
    expect(printed).toContain("name: 'Alice Adler'");
    expect(printed).toContain("email: 'alice@demo.example'");
  });

  it('S-139 the set-up link makes one administrator, in a browser, and is gone', async () => {
    const link = banner.told('Set-up link');
    await inBrowser(async (page) => {
      await page.goto(link);
      const { password, ...names } = ADMINISTRATOR;
      for (const [name, value] of Object.entries({ ...names, password, passwordAgain: password })) {
        await page.fill(`[name=${name}]`, value);
      }
      await page.click('#setup-submit');
      await page.waitForURL(`${server.origin}/`);
      expect(await page.textContent('main')).toContain(ADMINISTRATOR.username);
      expect((await page.goto(link))!.status()).toBe(410);
    });
    expect((await send(link)).status).toBe(410);
  });

  it('D8 is not shared with a second server while the first one lives', async () => {
    const { code, output } = await (await place.start()).ending();
    expect(code).toBe(1);
    expect(output).toContain(`is in use by another server (process ${server.pid}): stop it, or give this one a folder`);
    expect(output).not.toMatch(/^\s+at /m);
    expect((await send(`${server.origin}/health/ready`)).status).toBe(200);
  });

  it('a server that finds its port taken says so, and leaves nothing running', async () => {
    const other = new Installation();
    const { code, output } = await (await other.start({ PORT: String(server.port) })).ending();
    expect(code).toBe(1);
    expect(output).toContain('EADDRINUSE');
    expect(output).toContain(String(server.port));
    expect(postgresIn(other.dataDir)).toBeUndefined();
  });

  it('a PostgreSQL that is killed is started again by its server', async () => {
    const postgres = postgresIn(place.dataDir)!;
    process.kill(postgres, 'SIGKILL');
    await server.until(() => ![undefined, postgres].includes(postgresIn(place.dataDir)), 'start PostgreSQL again');
    await untilReady(server.origin);
    expect(await banner.introspect(token)).toMatchObject({ active: true });
  });

  it('Ctrl-C ends the server and its PostgreSQL', async () => {
    expect(postgresIn(place.dataDir)).toBeDefined();
    const { code, signal } = await server.stop('SIGINT');
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(postgresIn(place.dataDir)).toBeUndefined();
    expect(existsSync(join(place.dataDir, 'server.lock'))).toBe(false);
  });

  it('the next start finds all of it again, and has no set-up link to tell', async () => {
    server = await place.start({ PORT: String(server.port) });
    const next = new StartBanner(await server.banner());
    expect(next.text).not.toContain('Set-up link');
    expect(next.commands).toEqual(banner.commands);
    expect(next.alicesPassword).toBe(banner.alicesPassword);
    expect(await kids(server.origin)).toEqual(keys);
    expect(await banner.introspect(token)).toMatchObject({ active: true });
  });

  it('so does a start after a server that was killed, whose PostgreSQL makes way', async () => {
    const postgres = postgresIn(place.dataDir)!;
    expect(await server.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    expect(postgresIn(place.dataDir)).toBe(postgres);
    server = await place.start({ PORT: String(server.port) });
    await server.banner();
    expect(postgresIn(place.dataDir)).not.toBe(postgres);
    expect(await kids(server.origin)).toEqual(keys);
    expect(await banner.introspect(token)).toMatchObject({ active: true });
  });
});
