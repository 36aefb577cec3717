import type { Provider } from '@nestjs/common';
import { AnswerNotices } from './answer-notices';
import { BackchannelAuthentication } from './backchannel-authentication.service';
import { BackchannelHints } from './backchannel-hints.service';
import { BackchannelLimit } from './backchannel-limit';
import { BackchannelRequestsRepository } from './backchannel-requests.repository';
import { BackchannelRequests } from './backchannel-requests.service';
import { BackchannelUserCode } from './backchannel-user-code';
import { ClientNotifications } from './client-notifications';
import { PingDeliveries } from './ping-deliveries';
import { PushDeliveries } from './push-deliveries';
import { PushedTokens } from './pushed-tokens.service';
import { SignedBackchannelRequests } from './signed-requests.service';

/** Everything behind the backchannel authentication endpoint, and what its page needs. */
export const BACKCHANNEL_PROVIDERS: Provider[] = [
  AnswerNotices,
  BackchannelAuthentication,
  BackchannelHints,
  BackchannelLimit,
  BackchannelRequests,
  BackchannelRequestsRepository,
  BackchannelUserCode,
  ClientNotifications,
  PingDeliveries,
  PushDeliveries,
  PushedTokens,
  SignedBackchannelRequests,
];
