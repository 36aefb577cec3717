import type { Provider } from '@nestjs/common';
import { ConsentsRepository } from '../consents/consents.repository';
import { Consents } from '../consents/consents.service';
import { BackchannelDeliveries } from '../end-session/backchannel-deliveries';
import { BackchannelLogouts } from '../end-session/backchannel-logouts';
import { EndSessionService } from '../end-session/end-session.service';
import { FrontchannelLogouts } from '../end-session/frontchannel-logouts';
import { LogoutConfirmations } from '../end-session/logout-confirmations';
import { LogoutReceivers } from '../end-session/logout-receivers';
import { LogoutRequests } from '../end-session/logout-requests.service';
import { SignOut } from '../end-session/sign-out.service';
import { AuthorizationCodes } from '../tokens/authorization-codes.service';
import { AuthorizationsRepository } from '../tokens/authorizations.repository';
import { Authorizations } from '../tokens/authorizations.service';
import { ClientDeletionRepository } from '../tokens/client-deletion.repository';
import { AuthorizationAnswers } from './authorization-answers.service';
import { AuthorizationDecisions } from './authorization-decisions.service';
import { AuthorizationFlow } from './authorization-flow';
import { AuthorizationRequests } from './authorization-requests.service';
import { AuthorizationResponses } from './authorization-responses.service';
import { AuthorizationResponder } from './authorization-responder';
import { AuthorizeService } from './authorize.service';
import { Interactions } from './interaction';
import { InteractionStarts } from './interaction-starts.service';
import { InteractionsRepository } from './interactions.repository';
import { InteractionsService } from './interactions.service';
import { PushedRequestsRepository } from './pushed-requests.repository';
import { PushedRequests } from './pushed-requests.service';
import { RequestObjects } from './request-objects.service';

/** Everything behind the authorization and end-session endpoints. */
export const AUTHORIZE_PROVIDERS: Provider[] = [
  AuthorizationAnswers,
  AuthorizationCodes,
  AuthorizationDecisions,
  AuthorizationFlow,
  AuthorizationRequests,
  AuthorizationResponder,
  AuthorizationResponses,
  Authorizations,
  AuthorizationsRepository,
  AuthorizeService,
  BackchannelDeliveries,
  BackchannelLogouts,
  ClientDeletionRepository,
  Consents,
  ConsentsRepository,
  EndSessionService,
  FrontchannelLogouts,
  InteractionStarts,
  InteractionsRepository,
  LogoutConfirmations,
  LogoutReceivers,
  LogoutRequests,
  PushedRequests,
  PushedRequestsRepository,
  RequestObjects,
  SignOut,
  { provide: Interactions, useClass: InteractionsService },
];
