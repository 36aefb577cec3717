import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** JSON documents that others publish: on this machine, so the server must be told that it may go there. */
export class DocumentSite {
  /** by path; text is sent as it is, anything else as JSON, and what is not here is 404 */
  readonly documents = new Map<string, unknown>();
  readonly asked: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<DocumentSite> {
    const server = createServer();
    const site = new DocumentSite(server);
    server.on('request', ({ url = '' }, response) => {
      site.asked.push(url);
      const document = site.documents.get(url);
      response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(typeof document === 'string' ? document : JSON.stringify(document));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return site;
  }

  /** `host:port`, as in OUTBOUND_ALLOWED_HOSTS. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Publishes a document and returns its address. */
  publish(path: string, document: unknown): string {
    this.documents.set(path, document);
    return `http://${this.host}${path}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
