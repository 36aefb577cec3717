import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { selfSigned } from '../support/certificate';
import { Installation, rebuild } from '../support/server-process';
import { StartBanner } from '../support/start-banner';

/** As an operator starts it: the built server, with files of its own. */
describe('RFC 9325 §4.2 a server that speaks TLS itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'idp-start-tls-'));
  const { cert, key } = selfSigned('localhost');
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  beforeAll(() => rebuild());
  afterAll(async () => {
    await Installation.clearAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says so, and its issuer is where it is', async () => {
    const server = await new Installation({ TLS_CERT: file('crt', cert), TLS_KEY: file('key', key) }).start();
    const issuer = new StartBanner(await server.banner()).told('Issuer');
    expect(issuer).toBe(`https://localhost:${server.port}`);
    const dispatcher = new Agent({ connect: { ca: cert } });
    const answer = await request(`${issuer}/.well-known/openid-configuration`, { dispatcher });
    expect(await answer.body.json()).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/token`,
      tls_client_certificate_bound_access_tokens: true,
    });
    await dispatcher.destroy();
    expect((await server.stop()).code).toBe(0);
  });

  it('does not start with files that are none, and names each', async () => {
    const wrong = { TLS_CERT: file('wrong', key), TLS_KEY: '/none', TLS_CLIENT_CA: '/none', PUBLIC_URL: 'http://x' };
    const { code, output } = await (await new Installation(wrong).start()).ending();
    expect(code).toBe(1);
    for (const name of ['TLS_CERT', 'TLS_KEY', 'TLS_CLIENT_CA']) expect(output).toContain(`  ${name}: `);
    expect(output).not.toContain('BEGIN');
  });
});
