import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dropCookie, readCookie, setCookie } from './cookies';

const tenant = (secureCookies: boolean): Tenant => ({ slug: 'acme', secureCookies }) as Tenant;
const request = (cookie?: string): FastifyRequest => ({ headers: { cookie } }) as FastifyRequest;

function written(write: (reply: FastifyReply) => void): string {
  const header = jest.fn();
  write({ header } as unknown as FastifyReply);
  expect(header.mock.calls[0][0]).toBe('set-cookie');
  return String(header.mock.calls[0][1]);
}

describe('cookies', () => {
  it('S-010 RFC 6265bis §4.1.2, §4.1.3 carry the prefix and every attribute, and no Domain', () => {
    expect(written((reply) => setCookie(tenant(true), reply, 'sid', 'v'))).toBe(
      '__Host-sid.acme=v; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it('S-010 lose prefix and Secure only where the issuer is http on loopback', () => {
    expect(written((reply) => setCookie(tenant(false), reply, 'sid', 'v'))).toBe(
      'sid.acme=v; Path=/; HttpOnly; SameSite=Lax',
    );
  });

  it('are dropped under the same name and attributes', () => {
    expect(written((reply) => dropCookie(tenant(true), reply, 'sid'))).toBe(
      '__Host-sid.acme=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it.each([
    ['among others', 'a=1; __Host-sid.acme=v=1; b=2', 'v=1'],
    ['of two with one name the first', '__Host-sid.acme=1; __Host-sid.acme=2', '1'],
    ['not under a longer name', 'x__Host-sid.acme=1', undefined],
    ['not of another tenant', '__Host-sid.other=1', undefined],
    ['not an empty one', '__Host-sid.acme=', undefined],
    ['not where there is none', undefined, undefined],
  ])('are found %s', (_title, header, expected) => {
    expect(readCookie(tenant(true), request(header), 'sid')).toBe(expected);
  });
});
