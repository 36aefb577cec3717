import type { RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { AuthorizationRequest } from './authorization-request';
import type { AuthenticatedSession, ConsentDecision } from './interaction';
import type { InteractionRow } from './interactions.repository';

/** One attempt to answer a request whose rules all hold. */
export interface Attempt {
  tenant: Tenant;
  request: AuthorizationRequest;
  session: AuthenticatedSession | null;
  context: RequestContext;
  /** present once the request went through the pages */
  interaction?: InteractionRow;
  /** what the consent form said */
  answer?: ConsentDecision;
}
