import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a client was told by back channel. */
export interface ReceivedLogout {
  path: string;
  method: string;
  contentType: string | undefined;
  form: URLSearchParams;
}

type Answer = (response: ServerResponse) => void;

/** Where clients hear of logouts: on this machine, so the server must be told that it may go there. */
export class LogoutReceiver {
  readonly received: ReceivedLogout[] = [];
  /** by path; 200 unless told. An answer that does nothing is a receiver that hangs. */
  readonly answers = new Map<string, Answer>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<LogoutReceiver> {
    const server = createServer();
    const receiver = new LogoutReceiver(server);
    server.on('request', (request, response) => void receiver.receive(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  /** `host:port`, as in OUTBOUND_ALLOWED_HOSTS. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.host}${path}`;
  }

  at(path: string): ReceivedLogout[] {
    return this.received.filter((each) => each.path === path);
  }

  /** The tokens that came to a path, once there are so many. */
  async tokens(path: string, count = 1): Promise<string[]> {
    for (let wait = 0; wait < 500 && this.at(path).length < count; wait += 1) await sleep(10);
    const tokens = this.at(path).map(({ form }) => form.get('logout_token') ?? '');
    if (tokens.length < count) throw new Error(`${tokens.length} of ${count} logout tokens came to ${path}`);
    return tokens;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = await request.toArray();
    const { url: path = '', method = '' } = request;
    const form = new URLSearchParams(Buffer.concat(chunks as Buffer[]).toString());
    this.received.push({ path, method, contentType: request.headers['content-type'], form });
    const answer = this.answers.get(path) ?? ((to: ServerResponse) => void to.writeHead(200).end());
    answer(response);
  }
}
