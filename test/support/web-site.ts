import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { selfSigned } from './certificate';

export interface WebFile {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A site with https on this machine, which this process believes; the server must be told that it may go there. */
export class WebSite {
  readonly files = new Map<string, WebFile>();
  /** Paths, in the order they were asked for. */
  readonly requests: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebSite> {
    const certificate = selfSigned('localhost');
    // In place of the site of another suite: it has the same name, and OpenSSL would look no further.
    setDefaultCACertificates([...getCACertificates('bundled'), certificate.cert]);
    const server = createServer(certificate);
    const site = new WebSite(server);
    server.on('request', (request, response) => {
      site.requests.push(request.url!);
      const file = site.files.get(request.url!) ?? { status: 404 };
      response.writeHead(file.status ?? 200, file.headers).end(file.body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return site;
  }

  /** `host:port`, as in OUTBOUND_ALLOWED_HOSTS. */
  get host(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `https://${this.host}${path}`;
  }

  /** Publishes a JSON document; returns its address. */
  json(path: string, document: unknown, headers: Record<string, string> = {}): string {
    const content = { 'content-type': 'application/json', ...headers };
    this.files.set(path, { headers: content, body: JSON.stringify(document) });
    return this.url(path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
