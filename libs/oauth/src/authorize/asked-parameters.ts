import type { StoredParameters } from '../endpoints/form-parameters';
import type { AuthorizationRequest } from './authorization-request';

/** Of a request without a redirect what the rules read again when somebody is asked; never a credential of the client. */
export function askedParameters({ client, parameters }: AuthorizationRequest): StoredParameters {
  const [scope, details] = [parameters.get('scope'), parameters.get('authorization_details')];
  const resources = parameters.all('resource');
  return {
    client_id: client.client_id,
    ...(scope !== undefined && { scope }),
    ...(resources.length > 0 && { resource: [...resources] }),
    ...(details !== undefined && { authorization_details: details }),
  };
}
