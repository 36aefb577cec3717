/**
 * @spec RFC 8693 §1.1, §2.1, §4.1, §4.4, §5 — who may exchange whose token, and who is named as the one that acts. By
 * default a client exchanges its own tokens, by delegation; the rest is an administrator's to allow (S-064).
 */
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { Actor } from '../tokens/access-token';
import { type Confirmation, isProven } from '../tokens/confirmation';
import type { ExchangeableToken } from './exchangeable-tokens.service';

/** Actors in one token; a chain that goes on for ever is a way to hide in. */
const MAX_ACTORS = 4;

/**
 * Whether the token is the client's own, with the key that it is bound to, or is meant for it: who is the API that a
 * token is for has seen its proof already, and cannot give one.
 */
export function mayPresent(client: Client, token: ExchangeableToken, proven: Confirmation | undefined): boolean {
  const isOwn = token.client.id === client.id || token.audience.includes(client.client_id);
  if (isOwn) return isProven(token.confirmation, proven);
  return client.token_exchange?.subject_audiences.some((audience) => token.audience.includes(audience)) ?? false;
}

/** What `act` says of the new token; undefined where the client passes for the subject itself. */
export function actorOf(
  client: Client,
  subject: ExchangeableToken,
  actorToken: ExchangeableToken | undefined,
): Actor | undefined {
  const acting = actorToken ?? { sub: client.client_id };
  if (subject.mayAct !== undefined) assertMayAct(subject.mayAct, acting.sub, client);
  if (!actorToken && client.token_exchange?.impersonation) return subject.act;
  // Who acts for the actor could not be told.
  if (actorToken?.act) throw new OAuthError('invalid_request', 'the actor is itself acted for');
  const actor: Actor = { sub: acting.sub, ...(subject.act && { act: subject.act }) };
  if (depthOf(actor) > MAX_ACTORS) throw new OAuthError('invalid_request', 'the chain of actors is too long');
  return actor;
}

/** §4.4: each member that identifies the actor has to fit; one that we do not know fits nobody. */
function assertMayAct(mayAct: unknown, sub: string, client: Client): void {
  const fitting: Readonly<Record<string, string>> = { sub, client_id: client.client_id };
  const named = typeof mayAct === 'object' && mayAct !== null ? Object.entries(mayAct) : [];
  const fits =
    named.length > 0 && named.every(([name, value]) => Object.hasOwn(fitting, name) && fitting[name] === value);
  if (!fits) throw new OAuthError('invalid_request', 'the subject token is for another actor');
}

function depthOf(actor: Actor | undefined): number {
  return actor ? 1 + depthOf(actor.act) : 0;
}
