import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch as undiciFetch } from 'undici';
import { type Certificate, CertificateAuthority, selfIssued } from './certificate';
import { startIdp, type TestIdp } from './idp';
import { newKeyPair } from './x509';

/** The real server with a listener of its own for TLS, and the people around it. */
export class TlsIdp {
  private readonly agents: Agent[] = [];

  private constructor(
    readonly idp: TestIdp,
    readonly server: Certificate,
    readonly authority: CertificateAuthority,
    private readonly folder: string,
  ) {}

  /** `mtls.localhost` is the host that clients with certificates are sent to. */
  static async start(environment: Record<string, string> = {}): Promise<TlsIdp> {
    const folder = await mkdtemp(join(tmpdir(), 'idp-tls-'));
    const authority = new CertificateAuthority('Authority of clients');
    const server = newServerCertificate();
    const paths = { TLS_CERT: 'tls.crt', TLS_KEY: 'tls.key', TLS_CLIENT_CA: 'clients.crt' };
    const texts = [server.cert, server.key, authority.cert];
    const files = Object.entries(paths).map(([name, file]) => [name, join(folder, file)] as const);
    for (const [index, [, path]] of files.entries()) await writeFile(path, texts[index]!);
    const idp = await startIdp({ environment: { ...Object.fromEntries(files), ...environment } });
    return new TlsIdp(idp, server, authority, folder);
  }

  /** `fetch` of somebody who trusts the server, with a certificate or without. */
  fetchWith(certificate?: Certificate): typeof fetch {
    const agent = new Agent({ connect: { ca: this.server.cert, lookup: here, ...certificate } });
    this.agents.push(agent);
    return ((input: string, init: object) => undiciFetch(input, { ...init, dispatcher: agent })) as never;
  }

  /** Puts new files in the place of the ones that the server was started with. */
  async replace(files: Partial<Record<'tls.crt' | 'tls.key' | 'clients.crt', string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) await writeFile(join(this.folder, name), text);
  }

  async close(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.destroy()));
    await this.idp.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Not every machine knows the names below localhost. */
const here: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

/** RSA, as conformance suites need it. */
export function newServerCertificate(): Certificate {
  return selfIssued({ subject: [['CN', 'localhost']], hosts: ['localhost', 'mtls.localhost'] }, newKeyPair('rsa'));
}
