import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './certificate';

/** What stands in front of the server where people come by https: ends TLS, passes everything else on as it is. */
export class TlsProxy {
  private constructor(private readonly server: Server) {}

  /** @param origin the instance behind it */
  static async start(origin: string, ...names: [string, ...string[]]): Promise<TlsProxy> {
    const { hostname, port } = new URL(origin);
    const server = createServer(selfSigned(...names), (incoming, outgoing) => {
      const { method, url: path, headers } = incoming;
      const passed = request({ hostname, port, method, path, headers, setHost: false }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.rawHeaders);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TlsProxy(server);
  }

  /** `host:port` */
  get place(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
