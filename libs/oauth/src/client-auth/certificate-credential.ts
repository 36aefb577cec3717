import type { ClientAuthRequest, PresentedCredential } from './client-auth-method';

/** @spec RFC 8705 §2 — the certificate proves, `client_id` says who is proved; null where another credential is. */
export function readCertificate(request: ClientAuthRequest): PresentedCredential | null {
  const { certificate } = request;
  const clientId = loneClientId(request);
  return certificate && clientId !== undefined ? { clientId, certificate } : null;
}

/** `client_id`, where the request holds no credential beside it. */
export function loneClientId({ authorization, parameters }: ClientAuthRequest): string | undefined {
  const isAlone =
    authorization === undefined &&
    !parameters.has('client_secret') &&
    !parameters.has('client_assertion') &&
    !parameters.has('client_assertion_type');
  return isAlone ? parameters.get('client_id') : undefined;
}
