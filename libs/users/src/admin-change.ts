import type { AdminCall, AdminChange } from '@tokenidp/admin-api';
import type { Change } from './change';
import { UsersError } from './users-error';

/** A change by whoever calls the administration API, with what they hold: services give and take no more (S-178). */
export function changeOf(call: AdminCall, change: AdminChange = call.change()): AdminChange & Change {
  return { ...change, held: call.administrator.permissions };
}

/** For a member of an input that needs more than the operation does. @throws UsersError (forbidden) */
export function assertHas(call: AdminCall, permission: string): void {
  if (!call.administrator.permissions.has(permission)) {
    throw new UsersError('forbidden', `The permission ${permission} is missing.`);
  }
}
