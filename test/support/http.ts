import { request } from 'undici';

/** The answer to a hand-made request, for what a stock client cannot send. Redirects are not followed. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** undefined when the body is no JSON object */
  json: Record<string, unknown> | undefined;
}

export interface Sent {
  /** GET without a body, POST with one, unless told */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer | URLSearchParams;
  /** the instance that gets it, whatever the URL's host and port: as DNS and a proxy in front would have it */
  via?: { origin: string };
}

export async function send(url: string | URL, { method, headers, body, via }: Sent = {}): Promise<Answer> {
  const addressed = new URL(url);
  const target = via ? new URL(addressed.pathname + addressed.search, via.origin) : addressed;
  const response = await request(target, {
    method: (method ?? (body === undefined ? 'GET' : 'POST')) as 'GET',
    headers: { ...(body instanceof URLSearchParams && FORM), host: addressed.host, ...headers },
    body: body instanceof URLSearchParams ? body.toString() : (body ?? null),
  });
  const text = await response.body.text();
  return { status: response.statusCode, headers: headersOf(response.headers), text, json: parsed(text) };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A form to an endpoint. */
export function postForm(
  url: string | URL,
  form: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
  via?: Sent['via'],
): Promise<Answer> {
  return send(url, { headers, body: new URLSearchParams(form), via });
}

/** RFC 6749 §2.3.1: both parts are form-urlencoded first. */
export function basic(clientId: string, secret: string): { authorization: string } {
  const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  return { authorization: `Basic ${Buffer.from(`${encode(clientId)}:${encode(secret)}`).toString('base64')}` };
}

function headersOf(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  return headers;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
