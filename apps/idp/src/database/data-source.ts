import { ADMIN_API_ENTITIES } from '@tokenidp/admin-api';
import { AUDIT_ENTITIES } from '@tokenidp/audit';
import { CLIENTS_ENTITIES } from '@tokenidp/clients';
import { KEYS_ENTITIES } from '@tokenidp/keys';
import { LOGIN_ENTITIES } from '@tokenidp/login';
import { OAUTH_ENTITIES } from '@tokenidp/oauth';
import { TENANCY_ENTITIES } from '@tokenidp/tenancy';
import { USERS_ENTITIES } from '@tokenidp/users';
import { WEBHOOKS_ENTITIES } from '@tokenidp/webhooks';

/** Every entity of every lib: what the data source maps, and what the schema is compared with. */
export const ENTITIES = [
  ...ADMIN_API_ENTITIES,
  ...TENANCY_ENTITIES,
  ...AUDIT_ENTITIES,
  ...WEBHOOKS_ENTITIES,
  ...KEYS_ENTITIES,
  ...CLIENTS_ENTITIES,
  ...USERS_ENTITIES,
  ...OAUTH_ENTITIES,
  ...LOGIN_ENTITIES,
];
