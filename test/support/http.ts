/** Answers of hand-made requests, for what a stock client cannot send. Redirects are not followed. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** undefined when the body is no JSON */
  json: Record<string, unknown> | undefined;
}

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | URLSearchParams;
}

export async function send(url: string | URL, { method, headers, body }: Sent = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    body,
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** A form to an endpoint below the issuer. */
export function postForm(
  url: string | URL,
  form: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(url, { method: 'POST', headers, body: new URLSearchParams(form) });
}

/** RFC 6749 §2.3.1: both parts are form-urlencoded first. */
export function basic(clientId: string, secret: string): { authorization: string } {
  const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  return { authorization: `Basic ${Buffer.from(`${encode(clientId)}:${encode(secret)}`).toString('base64')}` };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
