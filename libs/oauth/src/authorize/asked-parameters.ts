import type { StoredParameters } from '../endpoints/form-parameters';
import type { AuthorizationRequest } from './authorization-request';

/** Of a request without a redirect what the rules read again when somebody is asked; never a credential of the client. */
export function askedParameters({ client, parameters }: AuthorizationRequest): StoredParameters {
  const [scope, details, acr_values] = ['scope', 'authorization_details', 'acr_values'].map((name) =>
    parameters.get(name),
  );
  const resources = parameters.all('resource');
  return {
    client_id: client.client_id,
    ...(scope !== undefined && { scope }),
    ...(resources.length > 0 && { resource: [...resources] }),
    ...(details !== undefined && { authorization_details: details }),
    ...(acr_values !== undefined && { acr_values }),
  };
}
