// A browser's part of a sign-in without a browser: follows redirects, keeps cookies, fills in the forms it is shown.
import { createHash, randomBytes } from 'node:crypto';
import { Pool } from 'undici';

/** One keep-alive pool a target; the answer's body is always read. */
export class Http {
  constructor(origin, connections) {
    this.pool = new Pool(origin, { connections, pipelining: 1 });
  }

  async request(method, path, headers = {}, body = null) {
    const response = await this.pool.request({ method, path, headers, body });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  }

  post(path, form, headers = {}) {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.request('POST', path, { ...type, ...headers }, new URLSearchParams(form).toString());
  }

  close() {
    return this.pool.close();
  }
}

export class CookieJar {
  cookies = new Map();

  store(headers) {
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      const gone = value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(line);
      if (gone) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  header() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');

/** The hidden and visible inputs of a form, by name, and the button that allows what a consent page asks. */
function inputsOf(form) {
  const tags = [...form.matchAll(/<input[^>]*>|<button[^>]*id="consent-allow"[^>]*>/g)].map(([tag]) => tag);
  return Object.fromEntries(
    tags.filter((tag) => attribute(tag, 'name')).map((tag) => [attribute(tag, 'name'), attribute(tag, 'value') ?? '']),
  );
}

/** What a person would send with the page's first form. */
function fillIn(html, { username, password }) {
  const form = /<form[\s\S]*?<\/form>/.exec(html)?.[0];
  if (!form) throw new Error(`a page without a form:\n${html.slice(0, 500)}`);
  const values = inputsOf(form);
  if ('username' in values) Object.assign(values, { username, password });
  return { action: attribute(form, 'action'), values };
}

const toPath = (location, origin) => {
  const url = new URL(location, origin);
  return url.origin === origin ? url.pathname + url.search : null;
};

/** Opens a path and goes on until the answer leaves the origin; returns that address. */
export async function browse({ http, origin, user }, jar, path) {
  let answer = await http.request('GET', path, { cookie: jar.header() });
  let at = path;
  for (let step = 0; step < 15; step += 1) {
    jar.store(answer.headers);
    if (answer.headers.location) {
      const next = toPath(new URL(answer.headers.location, origin + at).href, origin);
      if (next === null) return new URL(answer.headers.location);
      at = next;
      answer = await http.request('GET', next, { cookie: jar.header() });
    } else if (answer.status === 200) {
      const { action, values } = fillIn(answer.text, user);
      at = toPath(new URL(action ?? at, origin + at).href, origin);
      answer = await http.post(at, values, { cookie: jar.header(), origin, 'sec-fetch-site': 'same-origin' });
    } else {
      throw new Error(`${answer.status} at ${at}: ${answer.text.slice(0, 500)}`);
    }
  }
  throw new Error('too many steps');
}

export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
