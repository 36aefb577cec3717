/** @spec OIDC Core §3.1.2.1, §5.5.1.1 — a wish, or as an essential claim a condition that is met or fails the request. */
import { type ClaimRequest, OAuthError } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `acrValues` and `acrEssential`: the claim, else the parameter, else what the client has registered. */
export function acrValues(request: AuthorizationRequest, context: AuthorizationContext): void {
  const claim = request.claims?.id_token?.acr;
  const claimed = claim ? valuesOf(claim) : [];
  request.acrValues = claimed.length > 0 ? claimed : wishedFor(request);
  request.acrEssential = claim?.essential === true && claimed.length > 0;
  if (request.acrEssential && !claimed.some((value) => context.acrValues.includes(value))) {
    throw new OAuthError('unmet_authentication_requirements', 'none of the requested acr values can be reached');
  }
}

function wishedFor({ parameters, client }: AuthorizationRequest): readonly string[] {
  return parameters.get('acr_values')?.split(' ').filter(Boolean) ?? client.default_acr_values ?? [];
}

function valuesOf({ value, values }: ClaimRequest): string[] {
  return [...(value === undefined ? [] : [value]), ...(values ?? [])].filter((each) => typeof each === 'string');
}
