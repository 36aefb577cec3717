import type { Migration } from '../migration';
import { migration as m0001 } from './0001-platform';
import { migration as m0002 } from './0002-tenancy';
import { migration as m0003 } from './0003-audit';
import { migration as m0004 } from './0004-keys';
import { migration as m0005 } from './0005-clients';
import { migration as m0006 } from './0006-users';
import { migration as m0007 } from './0007-sessions';
import { migration as m0008 } from './0008-authorizations';
import { migration as m0009 } from './0009-pushed-requests';
import { migration as m0010 } from './0010-refresh-token-confirmation';
import { migration as m0011 } from './0011-device-authorizations';
import { migration as m0012 } from './0012-backchannel-requests';
import { migration as m0013 } from './0013-trusted-issuers';
import { migration as m0014 } from './0014-authorization-details';
import { migration as m0015 } from './0015-registration';
import { migration as m0016 } from './0016-admin-api';
import { migration as m0017 } from './0017-sign-in-ages';
import { migration as m0018 } from './0018-user-codes';
import { migration as m0019 } from './0019-clients-administration';
import { migration as m0020 } from './0020-lists-of-people';
import { migration as m0021 } from './0021-lists-of-grants';
import { migration as m0022 } from './0022-tenant-administration';
import { migration as m0023 } from './0023-statistics';
import { migration as m0024 } from './0024-audit-chain';
import { migration as m0025 } from './0025-webhooks';
import { migration as m0026 } from './0026-failed-requests';
import { migration as m0027 } from './0027-swagger-client';
import { migration as m0028 } from './0028-orders-of-requests';
import { migration as m0029 } from './0029-expired-passwords';
import { migration as m0030 } from './0030-users-by-status';

// One import and one line per migration; order does not matter, the number does.
// prettier-ignore
export const migrations: readonly Migration[] = [
  m0001,
  m0002,
  m0003,
  m0004,
  m0005,
  m0006,
  m0007,
  m0008,
  m0009,
  m0010,
  m0011,
  m0012,
  m0013,
  m0014,
  m0015,
  m0016,
  m0017,
  m0018,
  m0019,
  m0020,
  m0021,
  m0022,
  m0023,
  m0024,
  m0025,
  m0026,
  m0027,
  m0028,
  m0029,
  m0030,
];
