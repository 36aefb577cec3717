/**
 * @spec RFC 6819 §5.1.4.2.3 — whether a name is taken has to be told, so asking is limited as guessing a password is,
 * and by the same counter (S-134).
 */
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { AddressLimit } from './passwords/address-limit';
import type { User } from './user';
import { UsersError } from './users-error';
import { type Registration, UsersService } from './users.service';

export type RegistrationResult =
  | { outcome: 'ok'; user: User }
  /** too much from the address; nothing was looked at */
  | { outcome: 'delayed'; retryAfterSeconds: number };

@Injectable()
export class UserRegistrations {
  constructor(
    private readonly users: UsersService,
    private readonly addresses: AddressLimit,
  ) {}

  /** @throws UsersError (invalid, conflict), UnavailableError when too much is being hashed */
  async register(tenant: Tenant, input: Registration, request: RequestContext): Promise<RegistrationResult> {
    const wait = await this.addresses.wait(tenant, request.ip);
    if (wait > 0) return { outcome: 'delayed', retryAfterSeconds: Math.ceil(wait) };
    try {
      const user = await this.users.register(tenant, input, request);
      // An account made is counted too: one address is not to fill the tenant with them.
      await this.addresses.countFailure(tenant, request);
      return { outcome: 'ok', user };
    } catch (error) {
      if (error instanceof UsersError && error.kind === 'conflict') await this.addresses.countFailure(tenant, request);
      throw error;
    }
  }
}
