/** @spec RFC 9126 §2.1, §4, RFC 9101 §5.2, §10.4, OIDC Core §6.2 — a pushed request, or a request object at a registered place (S-111, S-114). */
import { hasTokenForm, OAuthError, sha256 } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';
import { Parameters } from '../endpoints/form-parameters';

/** RFC 9126 §2.2. */
export const PUSHED_REQUEST_PREFIX = 'urn:ietf:params:oauth:request_uri:';

/** Puts what was pushed in the place of the parameters, whatever else they are, or finds the request object. */
export async function requestUri(request: AuthorizationRequest, context: AuthorizationContext): Promise<void> {
  const sent = request.parameters.get('request_uri');
  if (sent === undefined || request.arrival === 'interaction') return;
  if (sent.startsWith(PUSHED_REQUEST_PREFIX)) return openPushed(request, context, sent);
  try {
    request.requestObject = await fetchObject(request, context, sent);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    request.refusal = error;
  }
}

/** RFC 9126 §2.1: what is pushed is the request itself (S-112). */
export function noRequestUri({ parameters }: AuthorizationRequest): void {
  if (parameters.has('request_uri')) throw new OAuthError('invalid_request', 'request_uri must not be pushed');
}

/** What is unknown, over, used, or of another application looks alike, and nothing beside it can be trusted. */
async function openPushed(
  request: AuthorizationRequest,
  { tenant, pushedRequests }: AuthorizationContext,
  uri: string,
): Promise<void> {
  const reference = uri.slice(PUSHED_REQUEST_PREFIX.length);
  const pushed = hasTokenForm('tpr', reference) ? await pushedRequests.find(tenant.id, sha256(reference)) : null;
  if (pushed?.clientId !== request.client.id) {
    throw new OAuthError(
      'invalid_request_uri',
      'request_uri has been used, has expired, or is not of this application',
    );
  }
  request.parameters = Parameters.restore(pushed.parameters);
  request.pushedRequestId = pushed.id;
}

async function fetchObject(
  { client, parameters }: AuthorizationRequest,
  { tenant, requestObjects }: AuthorizationContext,
  uri: string,
): Promise<string> {
  if (!tenant.settings.authorizationRequests.byReference) {
    throw new OAuthError('request_uri_not_supported', 'request_uri is only supported for pushed requests');
  }
  if (parameters.has('request')) throw new OAuthError('invalid_request', 'request and request_uri exclude each other');
  const isRegistered = client.request_uris?.some((each) => each === uri || each === uri.split('#')[0]);
  if (!isRegistered) throw new OAuthError('invalid_request_uri', 'request_uri is not registered for this application');
  return requestObjects.fetch(uri);
}
