/** @spec RFC 8693 §1.1, §5 — impersonation, foreign tokens and other targets are what an administrator allows, never the default. */
import type { TokenExchangePolicy } from '../client';
import { invalid } from './client-metadata-error';
import { booleanMember, member, type MetadataInput, textListMember } from './members';

export function tokenExchange(input: MetadataInput): TokenExchangePolicy | undefined {
  const given = member(input, 'token_exchange');
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || Array.isArray(given)) throw invalid('token_exchange', 'must be an object');
  const policy = given as MetadataInput;
  return {
    impersonation: booleanMember(policy, 'impersonation') ?? false,
    refresh_tokens: booleanMember(policy, 'refresh_tokens') ?? false,
    subject_audiences: textListMember(policy, 'subject_audiences') ?? [],
    audiences: textListMember(policy, 'audiences') ?? [],
  };
}
