import type { LoggerService } from '@nestjs/common';
import { randomToken } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminApi, adminToken, createAdministrator } from './admin';
import { newClientKey } from './client-key';
import { CommandLine } from './command-line';
import { startIdp, type TestIdp } from './idp';

export const ORDERS = 'https://api.example/orders';

/** A tenant without anything, as a file. */
export const WIPED = {
  version: 1,
  tenant: { displayName: 'acme', settings: {} },
  resources: [],
  roles: [],
  clients: [],
  trustedIssuers: [],
};

/** Something of everything that a configuration can hold. */
export async function wholeDocument() {
  const jwk = async () => ({ keys: [(await newClientKey('one')).publicJwk] });
  return {
    version: 1,
    tenant: {
      displayName: 'Acme Corp',
      settings: { lifetimes: { accessTokenSeconds: 240 }, locales: { default: 'de' } },
    },
    resources: [
      {
        identifier: ORDERS,
        name: 'Orders',
        tokenFormat: 'opaque',
        includeRoles: true,
        scopes: [
          { name: 'orders.read' },
          { name: 'orders.write', displayName: 'Write', description: 'x', sensitive: true },
        ],
        permissions: [{ key: 'orders.refund', description: 'Pay back' }, { key: 'orders.ship' }],
        authorizationDetailsTypes: [
          { type: 'order', displayName: 'Order', description: '', members: { sum: { kind: 'text', required: true } } },
        ],
      },
    ],
    roles: [
      {
        name: 'shipper',
        displayName: 'Shipper',
        permissions: [
          { resource: ORDERS, keys: ['orders.ship'] },
          { resource: '{issuer}/admin/api', keys: ['users.read'] },
        ],
      },
      { name: 'nothing', displayName: 'Nothing' },
    ],
    clients: [
      {
        client_id: 'machine',
        type: 'machine',
        client_name: 'Machine',
        localized: { 'client_name#de': 'Maschine' },
        access_token_seconds: 120,
        assignments: [
          { resource: ORDERS, clientScopes: ['orders.read', 'orders.write'] },
          { resource: '{issuer}/admin/api', clientScopes: ['admin'] },
        ],
        roles: ['auditor', 'shipper'],
        secrets: [
          { name: 'from the environment', value: { env: 'MACHINE_SECRET' } },
          { name: 'from a file', value: { file: 'machine.secret' } },
        ],
      },
      {
        client_id: 'web',
        type: 'web',
        status: 'disabled',
        redirect_uris: ['https://web.example/callback'],
        post_logout_redirect_uris: ['https://web.example/'],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: await jwk(),
        refresh: { rotate: true, always: true },
        assignments: [{ resource: ORDERS, userScopes: ['orders.read'] }],
      },
    ],
    trustedIssuers: [
      {
        issuer: 'https://partner.example',
        jwks: await jwk(),
        algorithms: ['ES256'],
        subject: 'email',
        scopes: ['orders.read'],
        audiences: [ORDERS],
        enabled: false,
      },
    ],
  };
}

export type WholeDocument = Awaited<ReturnType<typeof wholeDocument>>;

/** A tenant that an operator of the system tenant configures by files, from a terminal or by the API itself. */
export class ConfigSuite {
  readonly secrets = { env: randomToken('tcs'), file: randomToken('tcs') };
  readonly folder = mkdtempSync(join(tmpdir(), 'config-as-code-'));

  private constructor(
    readonly idp: TestIdp,
    private readonly parts: {
      readonly tenant: Tenant;
      readonly operator: AdminApi;
      readonly terminal: CommandLine;
      readonly document: WholeDocument;
      readonly logged: readonly string[];
    },
  ) {
    writeFileSync(join(this.folder, 'machine.secret'), `${this.secrets.file}\n`);
  }

  static async start(): Promise<ConfigSuite> {
    const logged: string[] = [];
    const idp = await startIdp({ logger: collecting(logged) });
    const tenant = await idp.createTenant({ slug: 'acme' });
    const home = (await idp.get(TenantsService).findSystem())!;
    const { client, secret } = await createAdministrator(idp, home, ['operator']);
    const operator = new AdminApi(tenant, await adminToken(home, client.client_id, secret));
    const terminal = CommandLine.of(tenant, client.client_id, secret).with({ TOKENIDP_TOKEN_ISSUER: home.issuer });
    return new ConfigSuite(idp, { tenant, operator, terminal, document: await wholeDocument(), logged });
  }

  get tenant(): Tenant {
    return this.parts.tenant;
  }

  get operator(): AdminApi {
    return this.parts.operator;
  }

  get document(): WholeDocument {
    return this.parts.document;
  }

  /** All that would be in a log. */
  get logged(): readonly string[] {
    return this.parts.logged;
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.idp.close();
  }

  get terminal(): CommandLine {
    return this.parts.terminal.with({ MACHINE_SECRET: this.secrets.env });
  }

  /** The path of a file that holds this. */
  file(content: unknown, name = 'tenant.json'): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    return path;
  }

  /** The document, changed. */
  edited(edit: (copy: WholeDocument) => void): WholeDocument {
    const copy = structuredClone(this.document);
    edit(copy);
    return copy;
  }

  /** What it prints. */
  async apply(content: unknown): Promise<string> {
    const { code, complaint, output } = await this.terminal.run('config', 'apply', this.file(content), '--yes');
    if (code !== 0) throw new Error(complaint);
    return output;
  }

  exported() {
    return this.terminal.json('config', 'export');
  }

  /** How many events the audit trail of the tenant has. */
  async events({ id }: Tenant = this.tenant): Promise<number> {
    const sql = `SELECT count(*)::int AS "count" FROM audit_event WHERE "tenantId" = $1`;
    return (await this.idp.database.dataSource.query<{ count: number }[]>(sql, [id]))[0]!.count;
  }
}

/** A step of a plan. */
export function update(kind: string, key: string, members: readonly (readonly [string, unknown, unknown])[]) {
  return {
    action: 'update',
    kind,
    key,
    changes: members.map(([member, before, after]) => ({ member, before, after })),
  };
}

/** The number of the first line of a file that has the text. */
export function lineOf(path: string, text: string): number {
  return (
    readFileSync(path, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

function collecting(lines: string[]): LoggerService {
  const take = (...said: unknown[]): void => void lines.push(JSON.stringify(said));
  return { log: take, error: take, warn: take, debug: take, verbose: take };
}
