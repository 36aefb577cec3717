import type { Client } from '@tokenidp/clients';
import { type Diagnose, type Diagnosis, type FailedCase, patch } from './diagnosis';
import type { SentRequest } from './sent-request';

const SECRETS = ['client_secret_basic', 'client_secret_post'] as const;

/** Who asks: the client that the request names, and how it proves to be that. */
export const diagnoseClient: Diagnose = (failed) => {
  const { client, error } = failed;
  if (error === 'invalid_client' && !client) return unknownClient(failed);
  if (client && client.status !== 'active') return disabled(client, failed);
  if (error === 'unauthorized_client' && client && failed.description.includes('security profile')) {
    return belowFloor(client, failed);
  }
  return error === 'invalid_client' && client ? unproven(client, failed) : null;
};

function unknownClient({ sent }: FailedCase): Diagnosis {
  if (sent.clientId === undefined) {
    return { cause: 'missing-client', explanation: 'The request names no application.', sent: { names: sent.names } };
  }
  const explanation = 'There is no application with this client_id in this tenant.';
  return { cause: 'unknown-client', explanation, sent: { client_id: sent.clientId } };
}

function disabled(client: Client, { sent }: FailedCase): Diagnosis {
  return {
    cause: 'client-disabled',
    explanation: 'The application is disabled.',
    sent: { client_id: sent.clientId },
    registered: { status: client.status },
    fix: { operation: 'PATCH', path: `/clients/${client.id}`, member: 'status', value: 'active' },
  };
}

function belowFloor(client: Client, { description }: FailedCase): Diagnosis {
  const registered = { security_profile: client.security_profile };
  return { cause: 'security-profile', explanation: `Not allowed in this tenant: ${description}.`, registered };
}

function unproven(client: Client, { sent, description }: FailedCase): Diagnosis {
  const registered = { token_endpoint_auth_method: client.token_endpoint_auth_method };
  const shown = { token_endpoint_auth_method: sent.authMethod };
  if (client.token_endpoint_auth_method !== sent.authMethod) return otherMethod(client, sent);
  if (usesSecrets(client) && liveSecrets(client) === 0) {
    const explanation = 'The application has no secret that is still good.';
    const fix = {
      operation: 'POST',
      path: `/clients/${client.id}/secrets`,
      member: 'name',
      value: 'New secret',
    } as const;
    return { cause: 'no-live-secret', explanation, sent: shown, registered: { ...registered, secrets: 0 }, fix };
  }
  const what = usesSecrets(client) ? 'The secret is not one of the application.' : `It was not proven: ${description}.`;
  return { cause: 'wrong-credentials', explanation: what, sent: shown, registered };
}

function otherMethod(client: Client, { authMethod }: SentRequest): Diagnosis {
  const isSwap = SECRETS.some((name) => name === authMethod) && usesSecrets(client);
  const isMissing = authMethod === 'none';
  return {
    cause: isMissing ? 'missing-credentials' : 'auth-method-mismatch',
    explanation: isMissing
      ? 'The application has to authenticate, and the request holds nothing to do so.'
      : 'The application authenticates in another way than it is registered for.',
    sent: { token_endpoint_auth_method: authMethod },
    registered: { token_endpoint_auth_method: client.token_endpoint_auth_method },
    fix: isSwap ? patch(client, 'token_endpoint_auth_method', authMethod) : undefined,
  };
}

function usesSecrets({ token_endpoint_auth_method: method }: Client): boolean {
  return method.startsWith('client_secret_');
}

function liveSecrets({ secrets }: Client): number {
  return secrets.filter(({ expiresAt }) => expiresAt === undefined || expiresAt.getTime() > Date.now()).length;
}
