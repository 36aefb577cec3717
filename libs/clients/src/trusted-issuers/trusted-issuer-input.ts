/** @spec RFC 7523 §2.1, §3, RFC 8725 §3.1, §3.8 — an issuer is trusted with its keys, algorithms and limits named, never at large. */
import type { Tenant } from '@tokenidp/tenancy';
import { ASYMMETRIC_ALGORITHMS } from '../metadata/auth-method';
import { invalid } from '../metadata/client-metadata-error';
import { inlineKeySet } from '../metadata/key-set';
import { choiceListMember, choiceMember, type MetadataInput, textListMember, textMember } from '../metadata/members';
import type { RegistrationPolicy } from '../metadata/registration-policy';
import { isScopeName } from '../metadata/scope';
import { outboundUri } from '../metadata/uris';
import { ASSERTION_SUBJECTS, type TrustedIssuer } from './trusted-issuer';

export type TrustedIssuerMembers = Omit<TrustedIssuer, 'id' | 'tenantId' | 'enabled' | 'createdAt' | 'updatedAt'>;

const MAX_ISSUER = 255;
const MAX_NAMES = 200;

/** Without scopes or audiences its assertions are worth nothing. @throws ClientMetadataError */
export function trustedIssuerMembers(
  tenant: Tenant,
  input: MetadataInput,
  policy: RegistrationPolicy,
): TrustedIssuerMembers {
  const algorithms = choiceListMember(input, 'algorithms', ASYMMETRIC_ALGORITHMS) ?? [];
  if (algorithms.length === 0) throw invalid('algorithms', 'must name at least one');
  const subject = choiceMember(input, 'subject', ASSERTION_SUBJECTS);
  if (subject === undefined) throw invalid('subject', `must be one of ${ASSERTION_SUBJECTS.join(', ')}`);
  return {
    issuer: issuerOf(tenant, input),
    ...keysOf(input, policy),
    algorithms,
    subject,
    scopes: scopesOf(input),
    audiences: textListMember(input, 'audiences', MAX_NAMES) ?? [],
  };
}

function issuerOf(tenant: Tenant, input: MetadataInput): string {
  const issuer = textMember(input, 'issuer', MAX_ISSUER);
  if (issuer === undefined || !/^[\x21-\x7e]+$/.test(issuer))
    throw invalid('issuer', 'must be printable, without spaces');
  // What we sign ourselves is no assertion of somebody else.
  if (issuer === tenant.issuer) throw invalid('issuer', 'must not be the tenant itself');
  return issuer;
}

function keysOf(input: MetadataInput, policy: RegistrationPolicy): Pick<TrustedIssuer, 'jwks' | 'jwks_uri'> {
  const jwks = inlineKeySet(input);
  const jwks_uri = outboundUri(input, 'jwks_uri', policy);
  if ((jwks === undefined) === (jwks_uri === undefined)) throw invalid('jwks', 'or jwks_uri is needed, not both');
  return jwks ? { jwks } : { jwks_uri };
}

function scopesOf(input: MetadataInput): string[] {
  const scopes = textListMember(input, 'scopes', MAX_NAMES) ?? [];
  if (!scopes.every(isScopeName)) throw invalid('scopes', 'must hold names of scopes');
  return scopes;
}
