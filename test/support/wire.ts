import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Answer } from './http';

/** A request to the letter. */
export interface Spelled {
  method?: string;
  /** path and query, sent as they are */
  target: string;
  /** `host` is the origin's own when absent */
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
}

/** Sends what `fetch` would tidy or refuse: any target, any Host, any method. Redirects are not followed. */
export function spell(origin: string, { method, target, headers, body }: Spelled): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: hostname, port, method: method ?? 'GET', path: target, headers: { ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode!, headers: headersOf(response.headers), text, json: parsed(text) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** `fetch` for a public URL that is not where the server listens: the Host is kept, the connection goes to `origin`. */
export function fetchAt(origin: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, search } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const headers = { ...Object.fromEntries(request.headers), ...Object.fromEntries(new Headers(init?.headers)), host };
    const content = body.length > 0 || request.method === 'POST' ? { body } : {};
    const answer = await spell(origin, { method: request.method, target: `${pathname}${search}`, headers, ...content });
    const isEmpty = [204, 304].includes(answer.status);
    return new Response(isEmpty ? null : answer.text, { status: answer.status, headers: answer.headers });
  };
}

/** Writes the text to the server and returns all that comes back until the server or `milliseconds` end it. */
export function speak(origin: string, text: string, milliseconds = 5000): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    let heard = '';
    socket.setTimeout(milliseconds, () => socket.destroy());
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? reject(error) : undefined));
    socket.on('close', () => resolve(heard));
  });
}

function headersOf(received: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  return headers;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
