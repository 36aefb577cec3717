/** @spec RFC 7591 §2.1, OAuth 2.1 §4.2 — a client has the grants its type may have, and response types that fit them. */
import { GRANT_TYPES, JWT_RESPONSE_MODES, RESPONSE_MODES, RESPONSE_TYPES } from '@tokenidp/kernel';
import type { GrantType, ResponseMode, ResponseType } from '@tokenidp/kernel';
import type { ClientType } from '../client';
import { invalid } from './client-metadata-error';
import { TYPE_RULES } from './client-type';
import { choiceListMember, type MetadataInput } from './members';

export function grantTypes(input: MetadataInput, type: ClientType): GrantType[] {
  const { grants, defaultGrants } = TYPE_RULES[type];
  const allowed = GRANT_TYPES.filter((grant) => grants.includes(grant));
  const chosen = choiceListMember(input, 'grant_types', allowed) ?? [...defaultGrants];
  if (!chosen.some((grant) => grant !== 'refresh_token')) {
    throw invalid('grant_types', `must hold a way to get a first token that a client of type ${type} may have`);
  }
  return chosen;
}

/** RFC 7591 §2.1: `code` stands in the one list exactly when `authorization_code` stands in the other. */
export function responseTypes(input: MetadataInput, grants: readonly GrantType[]): ResponseType[] {
  const expected: ResponseType[] = grants.includes('authorization_code') ? ['code'] : [];
  const chosen = choiceListMember(input, 'response_types', RESPONSE_TYPES) ?? expected;
  if (chosen.length !== expected.length) {
    throw invalid('response_types', `must be ${JSON.stringify(expected)} with these grant_types`);
  }
  return chosen;
}

const EVERY_RESPONSE_MODE: readonly ResponseMode[] = [...RESPONSE_MODES, ...JWT_RESPONSE_MODES];

/** How the authorization response may be delivered (S-028); every mode that exists unless the client names fewer. */
export function responseModes(input: MetadataInput, grants: readonly GrantType[]): ResponseMode[] {
  const chosen = choiceListMember(input, 'response_modes', EVERY_RESPONSE_MODE);
  if (!grants.includes('authorization_code')) return [];
  if (chosen?.length === 0) throw invalid('response_modes', 'must hold at least one mode');
  return chosen ?? [...EVERY_RESPONSE_MODE];
}
