import { ClientMetadataError } from './client-metadata-error';
import type { RegistrationPolicy } from './registration-policy';
import { subjectMembers } from './subject-type';

const policy = { outboundAllowedHosts: ['localhost:9000'] } as unknown as RegistrationPolicy;
const one = ['https://app.test/cb', 'https://app.test:8443/other'];
const two = [...one, 'https://other.test/cb'];
const sector_identifier_uri = 'https://sector.test/uris.json';
const pairwise = { subject_type: 'pairwise' };

function outcome(input: Record<string, unknown>, redirectUris: string[]): unknown {
  try {
    return JSON.parse(JSON.stringify(subjectMembers(input, policy, redirectUris))) as unknown;
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return `${error.error} ${error.member}`;
  }
}

const REFUSED = 'invalid_client_metadata sector_identifier_uri';

describe('OIDC Registration §2, OIDC Core §8.1 subject_type and sector_identifier_uri', () => {
  it.each([
    ['nothing', {}, two, { subject_type: 'public' }],
    ['one host, whatever its ports', pairwise, one, { subject_type: 'pairwise' }],
    ['a sector', { ...pairwise, sector_identifier_uri }, two, { ...pairwise, sector_identifier_uri }],
    ['a sector without redirects', { ...pairwise, sector_identifier_uri }, [], { ...pairwise, sector_identifier_uri }],
    ['a sector of a public client', { sector_identifier_uri }, two, { subject_type: 'public', sector_identifier_uri }],
    ['two hosts', pairwise, two, REFUSED],
    ['no redirect', pairwise, [], REFUSED],
    ['no host', pairwise, ['com.example.app:/cb'], REFUSED],
    ['a sector without TLS', { ...pairwise, sector_identifier_uri: 'http://sector.test/' }, one, REFUSED],
    ['a sector with a fragment', { sector_identifier_uri: `${sector_identifier_uri}#a` }, one, REFUSED],
    ['a sector that is no URL', { sector_identifier_uri: 'sector' }, one, REFUSED],
    ['another type', { subject_type: 'private' }, one, 'invalid_client_metadata subject_type'],
  ])('%s', (_title, input, redirectUris, expected) => {
    expect(outcome(input, redirectUris)).toEqual(expected);
  });
});
