import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Tenant } from '@tokenidp/tenancy';
import { createAdministrator } from '../support/admin';
import { CodeFlow } from '../support/code-flow';
import { CommandLine } from '../support/command-line';
import { ADA, createClient, createUser } from '../support/fixtures';
import { freePort } from '../support/free-port';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { rebuild, root } from '../support/server-process';

jest.setTimeout(120_000);

describe('the command line at a real server', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let owner: CommandLine;
  let folder: string;

  beforeAll(async () => {
    rebuild();
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    owner = await commandLine('owner');
    folder = mkdtempSync(join(tmpdir(), 'command-line-'));
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await idp?.close();
  });

  async function commandLine(role: string): Promise<CommandLine> {
    const { client, secret } = await createAdministrator(idp, tenant, [role]);
    return CommandLine.of(tenant, client.client_id, secret);
  }

  it.each([
    ['apis', { identifier: 'https://api.example/cli', name: 'First' }, { name: 'Second' }, 'name'],
    ['clients', { client_id: 'cli', client_name: 'First', type: 'machine' }, { client_name: 'Second' }, 'client_name'],
    ['roles', { name: 'cli', displayName: 'First' }, { displayName: 'Second' }, 'displayName'],
  ])('%s are created, listed, shown, changed and deleted', async (noun, input, patch, member) => {
    const created = await owner.json(noun, 'create', '--data', JSON.stringify(input));
    expect(created[member]).toBe('First');
    const found = await owner.json(noun, 'list', '--limit', '200');
    expect(found.map(({ id }: { id: string }) => id)).toContain(created.id);
    const path = join(folder, 'patch.json');
    writeFileSync(path, JSON.stringify(patch));
    expect((await owner.run(noun, 'update', created.id, '--file', path)).code).toBe(0);
    const shown = await owner.run(noun, 'get', created.id);
    expect(shown).toMatchObject({ code: 0, output: expect.stringMatching(new RegExp(`^${member} +Second$`, 'm')) });
    expect(await owner.run(noun, 'delete', created.id)).toEqual({ code: 0, output: '', complaint: '' });
    const gone = await owner.run(noun, 'get', created.id);
    expect([gone.code, gone.output, gone.complaint]).toEqual([1, '', expect.stringContaining('There is no such')]);
  });

  it('pages as far as it was asked to', async () => {
    for (const n of [1, 2, 3]) {
      await owner.json('roles', 'create', '--data', JSON.stringify({ name: `page-${n}`, displayName: 'x' }));
    }
    const rows = await owner.json('roles', 'list', '--search', 'page-', '--limit', '2', '--sort=-name');
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(['page-3', 'page-2']);
  });

  it('ends with 1 for what is refused, and says why', async () => {
    const auditor = await commandLine('auditor');
    expect((await auditor.run('roles', 'list')).code).toBe(0);
    const refused = await auditor.run('roles', 'create', '--data', '{"name":"a","displayName":"A"}');
    expect(refused).toMatchObject({ code: 1, complaint: expect.stringContaining('roles.write is missing') });
    const wrong = await owner.run('roles', 'create', '--data', '{"nam":"a"}');
    expect(wrong).toMatchObject({ code: 1, complaint: expect.stringContaining('/nam: There is no such member here.') });
    const stranger = await owner.with({ TOKENIDP_CLIENT_SECRET: 'wrong' }).run('roles', 'list');
    expect(stranger).toMatchObject({ code: 1, complaint: expect.stringContaining('no token: invalid_client') });
  });

  it('ends with 3 where nobody answers, and with 2 for what it does not understand', async () => {
    const away = await owner.with({ TOKENIDP_ISSUER: `http://127.0.0.1:${await freePort()}` }).run('roles', 'list');
    expect(away).toMatchObject({ code: 3, complaint: expect.stringContaining('cannot be reached') });
    expect((await owner.run('roles', 'create', '--data', '{')).code).toBe(2);
    expect((await owner.run('roles', 'get')).code).toBe(2);
    expect((await new CommandLine({}).run('roles', 'list')).complaint).toContain('TOKENIDP_ISSUER');
  });

  describe('admin recover', () => {
    const recover = async (...words: string[]) => {
      const env = {
        DATABASE_URL: idp.databaseUrl,
        MASTER_KEY: idp.masterKey,
        PUBLIC_URL: idp.origin,
        DATA_DIR: folder,
      };
      const args = [join(root, 'apps/idp/bin/tokenidp.mjs'), 'admin', 'recover', ...words];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: root });
      return JSON.parse(stdout);
    };

    it('makes somebody an owner again, who signs in with the new password and no longer with the old', async () => {
      const { user, credentials } = await createUser(idp, tenant, { ...ADA, username: 'ada' });
      const { username, password, signInAt } = await recover('ada', '--tenant', 'acme', '--json');
      expect([username, signInAt]).toEqual(['ada', `${tenant.issuer}/admin/`]);
      const flow = await CodeFlow.of(tenant, await createClient(idp, tenant));
      await expect(flow.code(new HttpBrowser(), { credentials })).rejects.toThrow();
      idp.clock.forward(60);
      const given = await flow.code(new HttpBrowser(), { credentials: { username, password } });
      expect((await flow.tokens(given)).claims()?.sub).toBe(user.id);
    });

    it('makes one where there is none', async () => {
      const { password } = await recover('new-owner', '--tenant', 'acme', '--json');
      const flow = await CodeFlow.of(tenant, await createClient(idp, tenant));
      const credentials = { username: 'new-owner', password };
      expect(await flow.code(new HttpBrowser(), { credentials })).toHaveProperty('code');
    });
  });
});
