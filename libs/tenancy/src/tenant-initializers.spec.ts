import type { Transaction } from '@tokenidp/database';
import type { FastifyRequest } from 'fastify';
import type { Tenant } from './tenant';
import { TenantInitializers } from './tenant-initializers';
import { tenantOf } from './tenant-request';

const tenant = { id: 'acme' } as Tenant;
const tx = {} as Transaction;

describe('TenantInitializers', () => {
  it('does the slow part of all of them first, then writes, each with what it prepared', async () => {
    const steps: unknown[] = [];
    const initializers = new TenantInitializers();
    for (const name of ['keys', 'roles']) {
      initializers.add({
        prepare: async () => {
          steps.push(`prepare ${name}`);
          return `made by ${name}`;
        },
        initialize: async (...given) => void steps.push([name, ...given]),
      });
    }
    initializers.add({ initialize: async (...given) => void steps.push(['clients', ...given]) });
    const initialize = await initializers.prepare(tenant);
    expect(steps).toEqual(['prepare keys', 'prepare roles']);
    await initialize(tx);
    expect(steps.slice(2)).toEqual([
      ['keys', tenant, tx, 'made by keys'],
      ['roles', tenant, tx, 'made by roles'],
      ['clients', tenant, tx, undefined],
    ]);
  });

  it('tells those who want to know that the issuer has changed', async () => {
    const told: unknown[] = [];
    const initializers = new TenantInitializers();
    initializers.add({ initialize: async () => {} });
    initializers.add({ initialize: async () => {}, issuerChanged: async (...given) => void told.push(given) });
    await initializers.issuerChanged(tenant, tx);
    expect(told).toEqual([[tenant, tx]]);
  });
});

describe('tenantOf', () => {
  it('S-175 fails where no tenant was resolved, whatever the request says', () => {
    expect(tenantOf({ tenant } as FastifyRequest)).toBe(tenant);
    const spoofed = { headers: { 'x-tenant': 'acme' }, query: { tenant: 'acme' }, body: { tenantId: 'acme' } };
    expect(() => tenantOf(spoofed as unknown as FastifyRequest)).toThrow(/without a tenant/);
  });
});
