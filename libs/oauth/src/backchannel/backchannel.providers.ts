import type { Provider } from '@nestjs/common';
import { BackchannelAuthentication } from './backchannel-authentication.service';
import { BackchannelHints } from './backchannel-hints.service';
import { BackchannelLimit } from './backchannel-limit';
import { BackchannelRequestsRepository } from './backchannel-requests.repository';
import { BackchannelRequests } from './backchannel-requests.service';
import { PingDeliveries } from './ping-deliveries';
import { SignedBackchannelRequests } from './signed-requests.service';

/** Everything behind the backchannel authentication endpoint, and what its page needs. */
export const BACKCHANNEL_PROVIDERS: Provider[] = [
  BackchannelAuthentication,
  BackchannelHints,
  BackchannelLimit,
  BackchannelRequests,
  BackchannelRequestsRepository,
  PingDeliveries,
  SignedBackchannelRequests,
];
