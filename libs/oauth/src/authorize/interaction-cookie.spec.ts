import { randomToken, sha256 } from '@tokenidp/kernel';
import type { FastifyReply } from 'fastify';
import { httpRequestLike, tenant } from '../../test/samples';
import { bindBrowser, browserHashOf } from './interaction-cookie';

function replying() {
  const cookies: string[] = [];
  const reply = { header: (_name: string, value: string) => cookies.push(value) } as unknown as FastifyReply;
  return { reply, cookies };
}

describe('the interaction cookie', () => {
  it('S-010 RFC 6265bis §4.1.3 is bound to the host, hidden from scripts, and short-lived', () => {
    const { reply, cookies } = replying();
    const hash = bindBrowser(tenant, httpRequestLike(), reply);
    expect(cookies).toHaveLength(1);
    const [pair, ...attributes] = cookies[0]!.split('; ');
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=1800', 'Path=/', 'SameSite=Lax', 'Secure']);
    const [name, value] = pair!.split('=');
    expect(name).toBe('__Host-ix.acme');
    expect(hash).toBe(sha256(value!));
  });

  it('serves all tabs of a browser: a value that is there is kept', () => {
    const cookie = `other=1; __Host-ix.acme=${randomToken('tix')}; __Host-ix.beta=${randomToken('tix')}`;
    const { reply, cookies } = replying();
    const hash = bindBrowser(tenant, httpRequestLike({ cookie }), reply);
    expect(hash).toBe(browserHashOf(tenant, httpRequestLike({ cookie })));
    expect(cookies[0]).toContain(cookie.split('; ')[1]);
  });

  it.each([
    ['none', ''],
    ["another tenant's", `__Host-ix.beta=${randomToken('tix')}`],
    ['one without the prefix', `ix.acme=${randomToken('tix')}`],
    ['one that was made up', '__Host-ix.acme=fixed'],
    ['a session reference', `__Host-ix.acme=${randomToken('tss')}`],
  ])('S-044 is absent when the browser sends %s', (_, cookie) => {
    expect(browserHashOf(tenant, httpRequestLike({ cookie }))).toBeNull();
  });

  it('has neither prefix nor Secure on http, which exists on loopback hosts alone', () => {
    const { reply, cookies } = replying();
    bindBrowser({ ...tenant, secureCookies: false }, httpRequestLike(), reply);
    expect(cookies[0]).toMatch(/^ix\.acme=tix_/);
    expect(cookies[0]).not.toContain('Secure');
  });
});
