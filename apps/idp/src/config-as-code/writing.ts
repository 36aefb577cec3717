import type { AdminChange } from '@tokenidp/admin-api';
import type { ClientsService } from '@tokenidp/clients';
import type { Transaction } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import type { Change } from '@tokenidp/users';

/** A client whose sector was asked about it. */
export type Asked = Awaited<ReturnType<ClientsService['validate']>>;
/** By `client_id`. */
export type Ahead = ReadonlyMap<string, Asked>;

/** What all steps of one apply have in common. */
export interface Writing {
  /** as it will be */
  readonly tenant: Tenant;
  /** with the rights of whoever applies, for services that look at them */
  readonly change: AdminChange & Change & { tx: Transaction };
  readonly ahead: Ahead;
  /** row ids of APIs by their identifiers; those that are made are added */
  readonly resources: Map<string, string>;
}
