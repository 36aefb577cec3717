import { KeyedHash, MasterKeys } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { Csrf } from './csrf';

const csrf = new Csrf(new KeyedHash(new MasterKeys([{ id: 'k1', key: randomBytes(32) }])));
const tenant = { id: 't1', issuer: 'https://id.test/t/acme' } as Tenant;
const binding = { tenant, subject: 'interaction:1', secret: 'cookie-of-this-browser' };

function request(headers: Record<string, string> = {}): FastifyRequest {
  return { headers, tenant } as unknown as FastifyRequest;
}

describe('Csrf', () => {
  it('S-124 accepts the form of the page that this browser was shown', () => {
    expect(csrf.isGenuine(request(), binding, csrf.issue(binding))).toBe(true);
  });

  it.each([
    ['without a value', undefined],
    ['with an empty value', ''],
    ['with a made-up value', 'k1.AAAA'],
    ['with the value of another jar', csrf.issue({ ...binding, secret: 'cookie-of-another-browser' })],
    ['with the value of another interaction', csrf.issue({ ...binding, subject: 'interaction:2' })],
    ['with the value of another tenant', csrf.issue({ ...binding, tenant: { ...tenant, id: 't2' } })],
  ])('S-124 OAuth 2.1 §7.10 refuses a form %s', (_title, sent) => {
    expect(csrf.isGenuine(request(), binding, sent)).toBe(false);
  });

  it('S-124 refuses a browser without the cookie, even with the value that fits it', () => {
    const without = { ...binding, secret: undefined };
    expect(csrf.isGenuine(request(), without, csrf.issue(without))).toBe(false);
  });

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['from a sibling host', { 'sec-fetch-site': 'same-site' }, false],
    ['from another origin', { origin: 'https://evil.test' }, false],
    ['from another origin that claims to be ours', { origin: 'https://id.test.evil.test' }, false],
    ['from our own page', { 'sec-fetch-site': 'same-origin', origin: 'https://id.test' }, true],
    ['from our own page under no-referrer', { 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    ['from a browser that tells nothing', {}, true],
  ])('S-124 a form %s', (_title, headers, expected) => {
    expect(csrf.isGenuine(request(headers as Record<string, string>), binding, csrf.issue(binding))).toBe(expected);
  });
});
