import { type Assignment, type Client, SECURITY_PROFILE_RULES } from '@tokenidp/clients';
import { Clock, MasterKeys, OAuthError } from '@tokenidp/kernel';
import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { Signer, SignRequest } from '@tokenidp/keys';
import type { FastifyRequest } from 'fastify';
import { type AuthorizationContext, AuthorizationRequest } from '../src/authorize/authorization-request';
import { AuthorizationRequests } from '../src/authorize/authorization-requests.service';
import { AuthorizationResponses } from '../src/authorize/authorization-responses.service';
import type { AuthenticatedSession } from '../src/authorize/interaction';
import { type FormSource, Parameters } from '../src/endpoints/form-parameters';
import { Subjects } from '../src/tokens/subjects';

export const NOW = new Date('2026-11-24T12:00:00.000Z');
export const CALLBACK = 'https://app.example/callback';
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const SINGLE = 'urn:acr:single';
export const DOUBLE = 'urn:acr:double';

export const subjects = new Subjects(new MasterKeys([{ id: 'k1', key: Buffer.alloc(32, 1) }]));

/** Stands still until it is told to move. */
export class FixedClock extends Clock {
  constructor(public instant = NOW) {
    super();
  }

  now(): Date {
    return this.instant;
  }

  forward(seconds: number): void {
    this.instant = new Date(this.instant.getTime() + seconds * 1000);
  }
}

export const tenant: Tenant = {
  id: '01900000-0000-7000-8000-000000000001',
  slug: 'acme',
  name: 'acme',
  displayName: 'Acme',
  status: 'active',
  kind: 'standard',
  sandbox: false,
  settings: DEFAULT_TENANT_SETTINGS,
  issuer: 'https://id.example/t/acme',
  basePath: '/t/acme',
  secureCookies: true,
};

export function clientLike(changes: Partial<Client> = {}): Client {
  const client = {
    id: '01900000-0000-7000-8000-00000000000a',
    tenantId: tenant.id,
    client_id: 'app',
    client_name: 'App',
    type: 'web',
    status: 'active',
    origin: 'admin',
    consent: 'required',
    security_profile: 'baseline',
    require_pkce: true,
    isConfidential: true,
    refresh: { rotate: false, always: false },
    redirect_uris: [CALLBACK],
    post_logout_redirect_uris: ['https://app.example/bye'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    response_modes: ['query', 'form_post', 'jwt', 'query.jwt', 'form_post.jwt'],
    assignments: [],
    secrets: [],
    createdAt: new Date('2026-01-01T00:00:00Z'),
  };
  const profile = SECURITY_PROFILE_RULES[changes.security_profile ?? 'baseline'];
  return { ...client, profile, ...changes } as unknown as Client;
}

export function assignmentOf(
  identifier: string,
  names: string[],
  changes: Partial<Assignment['resource']> = {},
): Assignment {
  const scopes = names.map((name) => ({
    name,
    displayName: `Name of ${name}`,
    description: `About ${name}`,
    sensitive: name.endsWith('admin'),
  }));
  const resource = { id: `id of ${identifier}`, identifier, name: `API at ${identifier}`, scopes, ...changes };
  return { resource: resource as Assignment['resource'], userScopes: names, clientScopes: [] };
}

export const user = { id: '01900000-0000-7000-8000-0000000000ff', username: 'ada', status: 'active' } as User;

/** Signed in a minute ago. */
export function sessionLike(changes: Partial<AuthenticatedSession> = {}): AuthenticatedSession {
  const id = '01900000-0000-7000-8000-0000000000ee';
  const authTime = new Date(NOW.getTime() - 60_000);
  return { id, sid: id, userId: user.id, user, authTime, amr: ['pwd'], acr: SINGLE, clientIds: [], ...changes };
}

/** Of whoever takes no request object. */
export const refusedObject = () => Promise.reject(new OAuthError('invalid_request_object', 'it is none'));

export function contextLike(changes: Partial<AuthorizationContext> = {}): AuthorizationContext {
  return {
    tenant,
    clients: { find: async (_tenantId, clientId) => (clientId === 'app' ? clientLike() : null) },
    nowSeconds: NOW.getTime() / 1000,
    verifier: { verify: async () => null },
    pushedRequests: { find: async () => null },
    requestObjects: { verify: refusedObject, fetch: refusedObject },
    acrValues: [SINGLE, DOUBLE],
    ...changes,
  };
}

/** A request that has passed the rules before the redirect; `narrowed` overrides what rules would have set. */
export function requestLike(
  source: FormSource = {},
  narrowed: Partial<AuthorizationRequest> = {},
): AuthorizationRequest {
  const { parameters, fault } = Parameters.read(source, new Set(['resource']));
  const request = new AuthorizationRequest(parameters, fault);
  return Object.assign(request, { client: clientLike(), redirectUri: CALLBACK }, narrowed);
}

export function httpRequestLike(
  headers: Record<string, string> = {},
  changes: Partial<FastifyRequest> = {},
): FastifyRequest {
  return {
    id: 'request',
    ip: '192.0.2.1',
    method: 'GET',
    url: '/authorize',
    headers,
    tenant,
    ...changes,
  } as FastifyRequest;
}

/** Services in front of the answer to a client, over what one test wants to be different; a signature is plain JSON. */
export function responsesLike(clock = new FixedClock()): AuthorizationResponses {
  const sign = async (_tenant: Tenant, { claims }: SignRequest) => JSON.stringify(claims);
  return new AuthorizationResponses({ sign } as unknown as Signer, clock);
}

export function requestsLike(
  clients: { find(tenantId: string, clientId: string): Promise<Client | null> },
  { pushedRequests, requestObjects, verifier, acrValues }: AuthorizationContext = contextLike(),
): AuthorizationRequests {
  const clock = new FixedClock();
  return new AuthorizationRequests(
    ...([
      clients,
      verifier,
      { acrValues },
      responsesLike(clock),
      pushedRequests,
      requestObjects,
      clock,
    ] as unknown as ConstructorParameters<typeof AuthorizationRequests>),
  );
}

/** The OAuth error that a call ends in, or undefined when it ends well. */
export async function refusalOf(call: () => unknown): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof OAuthError) return error.error;
    throw error;
  }
}
