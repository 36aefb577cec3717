import type { Provider } from '@nestjs/common';
import { DeviceAuthorizationsRepository } from './device-authorizations.repository';
import { DeviceAuthorizations } from './device-authorizations.service';
import { DeviceDecisions } from './device-decisions.service';
import { DeviceRequests } from './device-requests.service';

/** Everything behind the device authorization endpoint, and what its page needs. */
export const DEVICE_PROVIDERS: Provider[] = [
  DeviceAuthorizations,
  DeviceAuthorizationsRepository,
  DeviceDecisions,
  DeviceRequests,
];
