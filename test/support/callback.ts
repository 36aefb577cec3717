export interface Credentials {
  username: string;
  password: string;
}

/** How the browser arrived at the client: what was sent, and by which method. */
export interface Callback {
  method: 'GET' | 'POST';
  url: URL;
  /** query parameters of a GET, form fields of a POST */
  parameters: URLSearchParams;
  /** the same as a URL with a query, which is what a client library takes */
  asUrl: URL;
}

/** How the client was called by this request. */
export function callbackAt(method: Callback['method'], url: URL, body: string | null = null): Callback {
  const parameters = method === 'POST' ? new URLSearchParams(body ?? '') : url.searchParams;
  const asUrl = new URL(url);
  asUrl.search = parameters.toString();
  return { method, url, parameters, asUrl };
}
