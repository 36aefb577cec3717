/** @spec OAuth 2.1 §7.9, OIDC Core §3.1.2.4 — what the pages show; what is allowed in the end is what was shown (S-151, S-152). */
import { isOidcScope, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { detailHash, detailViews } from '../authorization-details/detail-view';
import type { ConsentedScopes } from '../consents/consented-scopes';
import type { AuthorizationRequest } from './authorization-request';
import type { Decision } from './decide';
import type { GrantLifetime, InteractionView, ScopeGroup } from './interaction';
import type { InteractionRow } from './interactions.repository';

export interface ViewSource {
  tenant: Tenant;
  row: InteractionRow;
  request: AuthorizationRequest;
  decision: Decision;
  consented: ConsentedScopes | null;
}

export function interactionView({ tenant, row, request, decision, consented }: ViewSource): InteractionView {
  const { client, loginHint, display, redirectUri, device } = request;
  return {
    id: row.id,
    client,
    prompt: promptOf(decision),
    reauthentication: decision.kind === 'login' ? decision.why : undefined,
    registration: registrationOf(tenant, request, decision),
    loginHint,
    uiLocales: [...request.uiLocales],
    acrValues: [...request.acrValues],
    display,
    consent:
      decision.kind === 'consent'
        ? {
            groups: scopeGroups(request, consented),
            lifetime: lifetimeOf(tenant, request),
            shown: shownOf(request, decision.session.userId),
          }
        : undefined,
    redirectUri,
    device,
    expiresAt: row.expiresAt,
  };
}

function promptOf({ kind }: Decision): InteractionView['prompt'] {
  return kind === 'proceed' || kind === 'refuse' ? 'none' : kind;
}

/** @spec Initiating User Registration §4 — never where a certain user has to sign in: a new one would not be that user. */
function registrationOf(
  { settings }: Tenant,
  { prompts, subject }: AuthorizationRequest,
  decision: Decision,
): InteractionView['registration'] {
  const { userRegistration } = settings;
  if (userRegistration === 'off' || decision.kind !== 'login' || subject !== undefined) return undefined;
  if (prompts.has('create')) return 'asked';
  return decision.why === undefined || decision.why === 'select_account' ? 'offered' : undefined;
}

/** Names exactly what a user is asked for: it differs as soon as the user, the client, a scope or a detail does. */
export function shownOf(request: AuthorizationRequest, userId: string): string {
  const apis = Object.entries(request.apiScopes).map(([api, scopes]) => [api, [...scopes].sort()] as const);
  const details = request.authorizationDetails.map(detailHash).sort();
  const asked = [userId, request.client.id, [...request.scopes].sort(), apis.sort(byName), details];
  return sha256(JSON.stringify(asked));
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

/** The provider's own scopes first, then each API's. */
export function scopeGroups(request: AuthorizationRequest, consented: ConsentedScopes | null): ScopeGroup[] {
  const own = [...request.scopes].filter(isOidcScope).map((name) => ({
    ...{ name, displayName: '', description: '', sensitive: false },
    isNew: !consented?.scopes.has(name),
  }));
  const apis = Object.entries(request.apiScopes).map(([api, names]) => apiGroup(request, api, names, consented));
  return [{ scopes: own }, ...apis.filter((group) => group !== null)].filter(({ scopes }) => scopes.length > 0);
}

function apiGroup(
  { client, authorizationDetails }: AuthorizationRequest,
  api: string,
  names: readonly string[],
  consented: ConsentedScopes | null,
): ScopeGroup | null {
  const resource = client.assignments.find((each) => each.resource.identifier === api)?.resource;
  if (!resource) return null;
  const allowed = consented?.apiScopes[api] ?? [];
  const scopes = resource.scopes
    .filter(({ name }) => names.includes(name))
    .map(({ name, displayName, description, sensitive }) => ({
      ...{ name, displayName, description, sensitive },
      isNew: !allowed.includes(name),
    }));
  const details = detailViews(authorizationDetails, resource, consented?.detailHashes ?? []);
  return { resource: { identifier: api, name: resource.name }, scopes: [...scopes, ...details] };
}

function lifetimeOf({ settings: { lifetimes } }: Tenant, { client, scopes }: AuthorizationRequest): GrantLifetime {
  const accessTokenSeconds = client.access_token_seconds ?? lifetimes.accessTokenSeconds;
  if (!scopes.has('offline_access')) return { accessTokenSeconds };
  const [idle, absolute] = client.isConfidential
    ? [lifetimes.refreshConfidentialIdleSeconds, lifetimes.refreshConfidentialAbsoluteSeconds]
    : [lifetimes.refreshPublicIdleSeconds, lifetimes.refreshPublicAbsoluteSeconds];
  const { idleSeconds = idle, absoluteSeconds = absolute } = client.refresh;
  return { accessTokenSeconds, offline: { idleSeconds, absoluteSeconds } };
}
