import type { AuditService } from '@tokenidp/audit';
import type { Client } from '@tokenidp/clients';
import { assignmentOf, clientLike, refusalOf, tenant } from '../../test/samples';
import { API, FakeAudit, issuer, NOW_SECONDS, signed, tokenRequestLike } from '../../test/token-samples';
import type { AccessTokensRepository } from '../tokens/access-tokens.repository';
import { ClientCredentialsGrant } from './client-credentials.grant';

const OTHER = 'https://other.example';
const assigned = (identifier: string, scopes: string[], resource = {}) => ({
  ...assignmentOf(identifier, scopes, { tokenFormat: 'jwt', algorithm: 'ES256', ...resource }),
  userScopes: [],
  clientScopes: scopes,
});

function machine(changes: Partial<Client> = {}): Client {
  return clientLike({
    client_id: 'machine',
    grant_types: ['client_credentials'],
    assignments: [assigned(API, ['api.read', 'api.write'])],
    ...changes,
  });
}

function setUp() {
  const audit = new FakeAudit();
  const inserted: object[] = [];
  const repository = { insert: async (_tenantId: string, row: object) => void inserted.push(row) };
  const grant = new ClientCredentialsGrant(
    issuer,
    repository as unknown as AccessTokensRepository,
    audit as unknown as AuditService,
  );
  return { audit, grant, inserted };
}

const exchange = (form: string, client = machine()) => setUp().grant.exchange(tokenRequestLike(form, { client }));
const claimsOf = async (form: string, client?: Client) => signed((await exchange(form, client)).access_token).claims;

describe('OAuth 2.1 §4.2 client_credentials', () => {
  it('answers with a token of the client itself, writes nothing and counts it', async () => {
    const { grant, audit, inserted } = setUp();
    const client = machine();
    const response = await grant.exchange(tokenRequestLike('scope=api.read', { client }));
    expect(response).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: tenant.settings.lifetimes.clientCredentialsSeconds,
      scope: 'api.read',
    });
    expect(signed(response.access_token)).toMatchObject({
      algorithm: 'ES256',
      type: 'at+jwt',
      claims: { sub: 'machine', client_id: 'machine', aud: API, scope: 'api.read', iat: NOW_SECONDS },
    });
    expect({ inserted, counted: audit.counted, events: audit.events }).toEqual({
      inserted: [],
      counted: [client.id],
      events: [],
    });
  });

  it('RFC 9449 §5 binds the token to the key that the request has proven to hold', async () => {
    const request = tokenRequestLike('scope=api.read', { client: machine(), confirmation: { jkt: 'thumbprint' } });
    const response = await setUp().grant.exchange(request);
    expect(response.token_type).toBe('DPoP');
    expect(signed(response.access_token).claims).toMatchObject({ cnf: { jkt: 'thumbprint' } });
  });

  it('S-060 is not for public clients', async () => {
    const client = machine({ isConfidential: false });
    await expect(refusalOf(() => exchange('', client))).resolves.toBe('unauthorized_client');
  });

  it('records each token when the tenant asks for it', async () => {
    const { grant, audit } = setUp();
    const settings = { ...tenant.settings, audit: { ...tenant.settings.audit, machineTokens: 'each' as const } };
    const request = tokenRequestLike('scope=api.read', { client: machine(), tenant: { ...tenant, settings } });
    await grant.exchange(request);
    expect(audit.events).toMatchObject([{ event: 'token.issued', actor: { type: 'client', id: 'machine' } }]);
    expect(audit.counted).toEqual([]);
  });

  it('stores an opaque token before it is answered', async () => {
    const { grant, inserted } = setUp();
    const client = machine({ assignments: [assigned(API, ['api.read'], { tokenFormat: 'opaque' })] });
    const { access_token } = await grant.exchange(tokenRequestLike('scope=api.read', { client }));
    expect(access_token).toMatch(/^tat_/);
    expect(inserted).toMatchObject([{ clientId: client.id, scope: 'api.read', audience: [API] }]);
  });
});

describe('RFC 8707 §2.2 scopes and resources of a client itself', () => {
  const two = () => machine({ assignments: [assigned(API, ['api.read']), assigned(OTHER, ['other.read'])] });

  it.each([
    ['S-063 a scope that was not assigned', 'scope=admin', 'invalid_scope'],
    ['S-063 one that was and one that was not', 'scope=api.read admin', 'invalid_scope'],
    ['openid, which needs a user', 'scope=openid', 'invalid_scope'],
    ['a resource that was not assigned', 'resource=https://evil.example', 'invalid_target'],
    ['the provider itself', `resource=${tenant.issuer}`, 'invalid_target'],
  ])('refuse %s', async (_name, form, error) => {
    await expect(refusalOf(() => exchange(form))).resolves.toBe(error);
  });

  it('refuse a scope that was registered for users only', async () => {
    const client = machine({ assignments: [assignmentOf(API, ['api.read'])] });
    await expect(refusalOf(() => exchange('scope=api.read', client))).resolves.toBe('invalid_scope');
  });

  it('are the default set when none is asked for, and never all', async () => {
    await expect(claimsOf('', machine({ default_scope: 'api.read' }))).resolves.toMatchObject({ scope: 'api.read' });
    await expect(claimsOf('')).resolves.not.toHaveProperty('scope');
    await expect(claimsOf('')).resolves.toMatchObject({ aud: API });
  });

  it('point to the resource that has the scope', async () => {
    await expect(claimsOf('scope=other.read', two())).resolves.toMatchObject({ aud: OTHER, scope: 'other.read' });
  });

  it('of two resources need one to be named', async () => {
    await expect(refusalOf(() => exchange('scope=api.read other.read', two()))).resolves.toBe('invalid_target');
    const named = `scope=api.read&resource=${API}`;
    await expect(claimsOf(named, two())).resolves.toMatchObject({ aud: API, scope: 'api.read' });
  });

  it('refuse a scope that the named resource does not have', async () => {
    await expect(refusalOf(() => exchange(`scope=other.read&resource=${API}`, two()))).resolves.toBe('invalid_scope');
  });

  it('are for the provider alone when nothing was assigned', async () => {
    await expect(claimsOf('', machine({ assignments: [] }))).resolves.toMatchObject({ aud: tenant.issuer });
  });
});
