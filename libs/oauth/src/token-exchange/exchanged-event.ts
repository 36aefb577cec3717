import type { AuditEvent } from '@tokenidp/audit';
import { typesOf } from '../authorization-details/detail-types';
import type { TokenRequest } from '../grants/grant';
import type { Actor } from '../tokens/access-token';
import type { ExchangeRequest } from './exchange-request';
import type { ExchangeTarget } from './exchange-target';
import type { ExchangeableToken } from './exchangeable-tokens.service';

/** What is about to be exchanged. */
export interface Exchange {
  readonly request: TokenRequest;
  readonly asked: ExchangeRequest;
  readonly subject: ExchangeableToken;
  readonly actor?: Actor;
  readonly target: ExchangeTarget;
}

export function exchangedEvent({ request, asked, subject, actor, target }: Exchange): AuditEvent {
  const { client, context } = request;
  const { standing, sub } = subject;
  const isImpersonation = actor === subject.act;
  const { scope, audience, authorizationDetails } = target;
  const granted = { scope, audience, ...typesOf(authorizationDetails) };
  return {
    event: 'token.exchanged',
    result: 'success',
    actor: { type: 'client', id: client.client_id },
    target: standing ? { type: 'authorization', id: standing.authorizationId } : { type: 'client', id: sub },
    clientId: client.id,
    sessionId: standing?.sessionId ?? undefined,
    detail: { subject: sub, subjectType: asked.subject.type, actor, isImpersonation, ...granted },
    request: context,
  };
}
