/** @spec OIDC Registration §2, OIDC Core §8.1 — a pairwise client belongs to exactly one sector. */
import { sectorOf } from '../sector';
import { invalid } from './client-metadata-error';
import { choiceMember, type MetadataInput } from './members';
import type { RegistrationPolicy } from './registration-policy';
import { outboundUri } from './uris';

export function subjectMembers(input: MetadataInput, policy: RegistrationPolicy, redirect_uris: readonly string[]) {
  const subject_type = choiceMember(input, 'subject_type', ['public', 'pairwise'] as const) ?? 'public';
  const sector_identifier_uri = outboundUri(input, 'sector_identifier_uri', policy);
  const sector = sectorOf({ sector_identifier_uri, redirect_uris: [...redirect_uris] });
  if (subject_type === 'pairwise' && sector === undefined) {
    throw invalid('sector_identifier_uri', 'is needed, for the redirect URIs do not have one host');
  }
  return { subject_type, sector_identifier_uri };
}
