import { assignmentOf, tenant, user } from '../../test/samples';
import {
  API,
  appLike,
  AUTHORIZATION_ID,
  context,
  issuer,
  SESSION_ID,
  signed,
  standingLike,
  tokenRequestLike,
} from '../../test/token-samples';
import { UserTokens } from './user-tokens';

const client = appLike({ assignments: [assignmentOf(API, ['api.read'], { tokenFormat: 'opaque' })] });
const draft = (scope: string, changes: object = {}) =>
  new UserTokens(issuer).draft({
    request: tokenRequestLike('', { client }),
    grantType: 'authorization_code',
    standing: standingLike(),
    scopes: new Set(scope.split(' ')),
    ...changes,
  });

describe('RFC 6749 §5.1, OIDC Core §3.1.3.3, §12.2 tokens for an authorization', () => {
  it('are an access token and, with openid, an ID token that is tied to it', async () => {
    const { response } = await draft('openid profile', { nonce: 'n' });
    expect(response).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'openid profile' });
    expect(signed(response.access_token).claims).toMatchObject({ aud: tenant.issuer, sub: user.id });
    expect(signed(response.id_token).claims).toMatchObject({ nonce: 'n', sid: SESSION_ID });
    await expect(draft('profile')).resolves.not.toHaveProperty('response.id_token');
  });

  it('RFC 9449 §5, §6.1 are bound to the key that the request has proven to hold', async () => {
    const confirmation = { jkt: 'thumbprint' };
    const request = tokenRequestLike('', { client, confirmation });
    const { response } = await draft('openid', { request });
    expect(response.token_type).toBe('DPoP');
    expect(signed(response.access_token).claims).toMatchObject({ cnf: confirmation });
    expect(signed(response.id_token).claims).not.toHaveProperty('cnf');
    const { record } = await draft('api.read', { request });
    expect(record.access?.claims).toMatchObject({ cnf: confirmation });
  });

  it('come with what has to be written when the grant is spent', async () => {
    const { response, record } = await draft('openid api.read');
    expect(response.access_token).toMatch(/^tat_/);
    expect(record).toMatchObject({
      tenantId: tenant.id,
      authorizationId: AUTHORIZATION_ID,
      clientId: client.id,
      userId: user.id,
      access: { scope: 'openid api.read', audience: [API, tenant.issuer] },
      audit: { auditActorId: user.id, auditRequestId: context.requestId },
    });
  });

  it('hold the claims that the ID token was asked for', async () => {
    const standing = standingLike({
      claims: { id_token: { preferred_username: null } },
      user: { ...user, claims: {}, updatedAt: new Date(0) },
    });
    const { response } = await draft('openid', { standing });
    expect(signed(response.id_token).claims).toMatchObject({ preferred_username: 'ada' });
  });
});
