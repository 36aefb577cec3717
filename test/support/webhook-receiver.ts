import { AuditSealing } from '@tokenidp/audit';
import { WebhookDeliveries } from '@tokenidp/webhooks';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestIdp } from './idp';

export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: { type: string; timestamp: string; data: Record<string, unknown> };
}

/** Hears of events: on this machine, so the server must be told that it may go there. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** what it answers with from now on */
  status = 200;
  answer = 'ok';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const message = JSON.parse(body) as ReceivedWebhook['message'];
        receiver.received.push({ headers: request.headers, body, message });
        response.writeHead(receiver.status).end(receiver.answer);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  /** `host:port`, as in OUTBOUND_ALLOWED_HOSTS. */
  get host(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  url(path = '/hook'): string {
    return `http://${this.host}${path}`;
  }

  /** What has come, as soon as it is so many. */
  async next(count: number, deliver: () => Promise<void>): Promise<ReceivedWebhook[]> {
    for (let attempt = 0; attempt < 100 && this.received.length < count; attempt++) {
      await deliver();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.received.splice(0);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Everything that has happened is told, or has failed to be. */
export async function tellOfAll(idp: TestIdp): Promise<void> {
  await idp.get(AuditSealing).seal();
  await idp.get(WebhookDeliveries).deliver();
}

/** As a receiver does it (Standard Webhooks): one of the signatures has to be right. */
export function isSignedWith(secret: string, { headers, body }: ReceivedWebhook): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}
