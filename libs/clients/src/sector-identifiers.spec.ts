import { type GuardedHttpClient, OutboundError } from '@tokenidp/kernel';
import { SectorIdentifiers } from './sector-identifiers';

const client = {
  redirect_uris: ['https://a.test/cb', 'https://b.test/cb'],
  sector_identifier_uri: 'https://sector.test/uris.json',
};

function setUp(document: unknown, status = 200) {
  const fetch = jest.fn(async () => {
    if (document instanceof Error) throw document;
    return { status, json: () => JSON.parse(String(document)) as unknown };
  });
  return { fetch, sectors: new SectorIdentifiers({ fetch } as unknown as GuardedHttpClient) };
}

const listing = (...uris: unknown[]) => JSON.stringify(uris);

describe('OIDC Registration §5, OIDC Core §8.1 the list of a sector', () => {
  it('oidcc-registration-sector-uri: holds every redirect URI', async () => {
    const { sectors, fetch } = setUp(listing(...client.redirect_uris, 'https://c.test/'));
    await expect(sectors.check(client)).resolves.toBeUndefined();
    expect(fetch).toHaveBeenCalledWith(client.sector_identifier_uri, expect.anything());
  });

  it.each([
    ['oidcc-registration-sector-bad: one is missing', listing('https://a.test/cb'), 200],
    ['one is spelled otherwise', listing('https://a.test/cb', 'https://b.test/cb/'), 200],
    ['no list', '{"0":"https://a.test/cb"}', 200],
    ['no JSON', '<html>', 200],
    ['not found', listing(...client.redirect_uris), 404],
    ['a redirect', listing(...client.redirect_uris), 302],
    ['S-170 not to be fetched', new OutboundError('refused'), 200],
  ])('refuses: %s', async (_title, document, status) => {
    await expect(setUp(document, status).sectors.check(client)).rejects.toMatchObject({
      error: 'invalid_client_metadata',
      member: 'sector_identifier_uri',
    });
  });

  it('asks nobody without one, and not again about what was asked before', async () => {
    const { sectors, fetch } = setUp('[]');
    await sectors.check({ redirect_uris: client.redirect_uris });
    await sectors.check(client, undefined, { ...client });
    expect(fetch).not.toHaveBeenCalled();
    await expect(sectors.check(client, { ...client, redirect_uris: [] })).rejects.toThrow('does not list');
  });
});
