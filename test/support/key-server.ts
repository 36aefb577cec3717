import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientKey } from './client-key';

/** Where a client publishes its keys: on this machine, so the server must be told that it may go there. */
export class KeyServer {
  /** Public keys that are published now. */
  keys: ClientKey[] = [];
  /** Seconds; no header when undefined. */
  maxAge: number | undefined;
  /** 200 unless told. */
  status = 200;
  /** How often somebody asked. */
  requests = 0;
  /** How often somebody connected, be it with a request or not. */
  connections = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<KeyServer> {
    const server = createServer();
    const keyServer = new KeyServer(server);
    server.on('request', (_request, response) => {
      keyServer.requests += 1;
      if (keyServer.maxAge !== undefined) response.setHeader('cache-control', `max-age=${keyServer.maxAge}`);
      response.writeHead(keyServer.status, { 'content-type': 'application/jwk-set+json' });
      response.end(JSON.stringify({ keys: keyServer.keys.map(({ publicJwk }) => publicJwk) }));
    });
    server.on('connection', () => {
      keyServer.connections += 1;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return keyServer;
  }

  /** `host:port`, as in OUTBOUND_ALLOWED_HOSTS. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/jwks.json`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
