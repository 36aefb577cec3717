import type { AuditActor, AuditEvent } from '@tokenidp/audit';
import type { Client } from '@tokenidp/clients';
import {
  type AuthorizationDetail,
  type ClaimsRequest,
  formatScope,
  newId,
  type RequestContext,
} from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { typesOf } from '../authorization-details/detail-types';
import type { AuthenticatedSession } from '../authorize/interaction';

/** What a user grants a client, by whichever way. */
export interface GrantedRights {
  client: Client;
  /** whose sign-in it was; without an id when the answer came from no session of ours */
  session: Pick<AuthenticatedSession, 'userId' | 'authTime' | 'amr'> & { id: string | null };
  /** what the answer says of the sign-in */
  acr: string;
  scopes: ReadonlySet<string>;
  /** `resource` as sent */
  resources: readonly string[];
  /** none where it is empty */
  authorizationDetails?: readonly AuthorizationDetail[];
  claims?: ClaimsRequest;
  /** who has granted it, where that was not the user themselves */
  actor?: AuditActor;
  context: RequestContext;
}

/** An authorization before it is stored. */
export interface NewAuthorization {
  tenantId: string;
  authorizationId: string;
  /** row id */
  clientId: string;
  userId: string;
  sessionId: string | null;
  scope: string;
  resources: readonly string[];
  authorizationDetails: readonly AuthorizationDetail[] | undefined;
  claims: ClaimsRequest | undefined;
  authTime: Date;
  acr: string;
  amr: readonly string[];
  now: Date;
}

export function authorizationRow(tenant: Tenant, granted: GrantedRights, now: Date): NewAuthorization {
  const { client, session, acr, resources, claims } = granted;
  const authorizationDetails = granted.authorizationDetails?.length ? granted.authorizationDetails : undefined;
  return {
    ...{ tenantId: tenant.id, authorizationId: newId(), clientId: client.id },
    ...{ userId: session.userId, sessionId: session.id, scope: formatScope(granted.scopes) },
    ...{ resources, authorizationDetails, claims, authTime: session.authTime, acr, amr: session.amr, now },
  };
}

export function grantedEvent(granted: GrantedRights, row: NewAuthorization): AuditEvent {
  const { client, session, resources, context } = granted;
  return {
    event: 'authorization.granted',
    result: 'success',
    actor: granted.actor ?? { type: 'user', id: session.userId },
    target: { type: 'authorization', id: row.authorizationId },
    clientId: client.id,
    sessionId: session.id ?? undefined,
    detail: { scope: row.scope, resources, ...typesOf(row.authorizationDetails ?? []) },
    request: context,
  };
}
