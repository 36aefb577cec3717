// A caller of the administration API of one tenant, with one connection and a token that is renewed in time.
import { Pool } from 'undici';

const ADMIN_PATH = '/admin/api/v1';
const RENEW_AFTER_MS = 60_000;

export class Api {
  /** `home`: where the administrator is, when that is not the tenant itself. */
  constructor({ issuer, client_id, client_secret }, home = issuer) {
    const { origin, pathname } = new URL(issuer);
    this.pool = new Pool(origin, { connections: 1, bodyTimeout: 0, headersTimeout: 0 });
    this.base = `${pathname.replace(/\/$/, '')}${ADMIN_PATH}`;
    this.home = home;
    this.credentials = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
    this.renewedAt = -Infinity;
  }

  /** Before a measurement, so that it is no part of it. */
  async authorize() {
    if (performance.now() - this.renewedAt < RENEW_AFTER_MS) return;
    const answer = await fetch(`${this.home}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${this.credentials}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'admin',
        resource: `${this.home}${'/admin/api'}`,
      }),
    });
    const body = await answer.json();
    if (!body.access_token) throw new Error(`no token: ${JSON.stringify(body)}`);
    this.token = body.access_token;
    this.renewedAt = performance.now();
  }

  async request(method, path, body) {
    const headers = { authorization: `Bearer ${this.token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const text = body === undefined ? null : JSON.stringify(body);
    const answer = await this.pool.request({ method, path: this.base + path, headers, body: text });
    if (answer.statusCode >= 300) {
      throw new Error(
        `${answer.statusCode} ${method} ${this.base}${path}: ${(await answer.body.text()).slice(0, 500)}`,
      );
    }
    return answer.body;
  }

  /** Milliseconds until the whole answer is there. */
  async timed(path) {
    const since = performance.now();
    const body = await this.request('GET', path);
    await body.text();
    return performance.now() - since;
  }

  async json(path) {
    await this.authorize();
    return (await this.request('GET', path)).json();
  }

  async post(path, body) {
    await this.authorize();
    return (await this.request('POST', path, body)).json();
  }

  close() {
    return this.pool.close();
  }
}
