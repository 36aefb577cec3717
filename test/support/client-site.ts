import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An app's own site: remembers by which method it was called last, and with what. */
export class ClientSite {
  private readonly server: Server;
  method = '';
  parameters = new URLSearchParams();

  private constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        if (request.url === '/favicon.ico') return response.writeHead(404).end();
        this.method = request.method ?? '';
        this.parameters = body ? new URLSearchParams(body) : new URL(request.url!, this.origin).searchParams;
        response.setHeader('content-type', 'text/html').end('<p id="arrived">the app</p>');
      });
    }).listen(0, '127.0.0.1');
  }

  static async open(): Promise<ClientSite> {
    const site = new ClientSite();
    await once(site.server, 'listening');
    return site;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }
}
