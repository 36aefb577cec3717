import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import type { AddressLimit } from './passwords/address-limit';
import { UserRegistrations } from './user-registrations.service';
import { UsersError } from './users-error';
import type { UsersService } from './users.service';

const tenant = { id: 't1', settings: DEFAULT_TENANT_SETTINGS } as Tenant;
const input = { username: 'ada', password: 'a long enough sentence' };
const request = { requestId: 'r', ip: '192.0.2.1', userAgent: undefined };

function suite(wait: number, register: () => Promise<unknown>) {
  const users = { register: jest.fn(register) };
  const addresses = { wait: async () => wait, countFailure: jest.fn(async () => undefined) };
  const service = new UserRegistrations(users as unknown as UsersService, addresses as unknown as AddressLimit);
  return { service, users, addresses };
}

describe('UserRegistrations', () => {
  it('S-134 looks at nothing while the address has to wait', async () => {
    const { service, users } = suite(3.2, async () => ({ id: 'u1' }));
    expect(await service.register(tenant, input, request)).toEqual({ outcome: 'delayed', retryAfterSeconds: 4 });
    expect(users.register).not.toHaveBeenCalled();
  });

  it.each([
    ['an account that is made', async () => ({ id: 'u1' }), 1],
    ['a name that is taken', () => Promise.reject(new UsersError('conflict', 'taken')), 1],
    ['a form that is wrong', () => Promise.reject(new UsersError('invalid', 'wrong')), 0],
  ])('S-134 %s counts for the address as it should', async (_what, register, times) => {
    const { service, addresses } = suite(0, register);
    await service.register(tenant, input, request).catch(() => undefined);
    expect(addresses.countFailure).toHaveBeenCalledTimes(times);
  });
});
