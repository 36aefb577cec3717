import { type BearerError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { FastifyReply } from 'fastify';
import { DOUBLE, FixedClock, httpRequestLike, NOW, SINGLE, subjects, tenant, user } from '../../test/samples';
import { API, appLike, encryption, signed, signer, standingLike } from '../../test/token-samples';
import type { SessionPort } from '../authorize/interaction';
import type { ResourceAccess } from './resource-access';
import { UserAuthentication } from './user-authentication';
import { UserinfoController } from './userinfo.controller';

const ada = { ...user, email: 'ada@example.com', emailVerified: true, claims: { name: 'Ada' }, updatedAt: NOW } as User;
const good = {
  claims: { aud: [API, tenant.issuer], scope: 'openid email' },
  client: appLike(),
  standing: standingLike({ user: ada }),
  scheme: 'DPoP',
};

const authentication = new UserAuthentication(
  { acrValues: [SINGLE, DOUBLE] } as unknown as SessionPort,
  new FixedClock(),
);

async function userinfo(changes: object = {}, settings: Tenant['settings']['userinfo'] = {}) {
  const access = { authenticate: async () => ({ ...good, ...changes }) };
  const sent = { type: '', body: '' };
  const reply = {
    headers: () => reply,
    type: (type: string) => ((sent.type = type), reply),
    send: (body: string) => ((sent.body = body), reply),
  };
  const controller = new UserinfoController(
    access as unknown as ResourceAccess,
    signer,
    subjects,
    encryption,
    authentication,
  );
  const strict = { ...tenant, settings: { ...tenant.settings, userinfo: settings } };
  const request = httpRequestLike({ authorization: 'Bearer token' }, { tenant: strict });
  await controller.get(request, reply as unknown as FastifyReply);
  await controller.post({ ...request, method: 'POST' } as typeof request, reply as unknown as FastifyReply);
  return sent;
}

const refusal = (changes: object, settings = {}) =>
  userinfo(changes, settings).then(
    () => undefined,
    (error: BearerError) => ({ error: error.error, status: error.status, challenge: error.challenge('r') }),
  );

describe('OIDC Core §5.3 userinfo', () => {
  it('answers with sub and the claims of the scopes', async () => {
    const { body, type } = await userinfo();
    expect(JSON.parse(body)).toEqual({ sub: user.id, email: 'ada@example.com', email_verified: true });
    expect(type).toMatch(/^application\/json/);
  });

  it('answers with what the claims parameter asked for', async () => {
    const standing = standingLike({ user: ada, claims: { userinfo: { name: { essential: true }, sub: null } } });
    const { body } = await userinfo({ standing, claims: { aud: tenant.issuer, scope: 'openid' } });
    expect(JSON.parse(body)).toEqual({ sub: user.id, name: 'Ada' });
  });

  it('is signed for clients that want it so', async () => {
    const { body, type } = await userinfo({ client: appLike({ userinfo_signed_response_alg: 'RS256' }) });
    expect(type).toBe('application/jwt');
    expect(signed(body)).toMatchObject({
      algorithm: 'RS256',
      type: 'JWT',
      claims: { iss: tenant.issuer, aud: 'app', sub: user.id, email: 'ada@example.com' },
    });
    expect(signed(body).claims).not.toHaveProperty('nonce');
  });

  it.each([
    ['S-095 a token for an API', { claims: { aud: API, scope: 'openid' } }],
    ['a token of a client itself', { standing: null }],
  ])('refuses %s as invalid', async (_name, changes) => {
    const challenge: unknown = expect.stringMatching(/^DPoP .*error="invalid_token"/);
    await expect(refusal(changes)).resolves.toEqual({ error: 'invalid_token', status: 401, challenge });
  });

  it('asks for openid when it is missing', async () => {
    await expect(refusal({ claims: { aud: tenant.issuer, scope: 'email' } })).resolves.toEqual({
      error: 'insufficient_scope',
      status: 403,
      challenge: expect.stringMatching(/^DPoP .*scope="openid"/),
    });
  });

  const signedIn = (acr: string, secondsAgo: number) => ({
    claims: { ...good.claims, acr, auth_time: NOW.getTime() / 1000 - secondsAgo },
  });

  it.each([
    ['nothing asked', {}, { claims: good.claims }],
    ['an acr that is met', { requiredAcr: SINGLE }, signedIn(SINGLE, 9)],
    ['a stronger acr', { requiredAcr: SINGLE }, signedIn(DOUBLE, 9)],
    ['a sign-in of just that age', { maxAgeSeconds: 60 }, signedIn(SINGLE, 60)],
  ])('RFC 9470 §3 answers for %s', async (_what, settings, changes) => {
    expect(JSON.parse((await userinfo(changes, settings)).body).sub).toBe(user.id);
  });

  it.each([
    ['a weaker acr', { requiredAcr: DOUBLE }, signedIn(SINGLE, 9), `acr_values="${DOUBLE}"`],
    ['an acr nobody can reach', { requiredAcr: 'gold' }, signedIn(DOUBLE, 9), 'acr_values="gold"'],
    ['a sign-in too long ago', { maxAgeSeconds: 60 }, signedIn(SINGLE, 61), 'max_age="60"'],
    ['a token without a sign-in', { maxAgeSeconds: 60 }, { claims: good.claims }, 'max_age="60"'],
    ['both', { requiredAcr: DOUBLE, maxAgeSeconds: 0 }, signedIn(SINGLE, 1), `acr_values="${DOUBLE}", max_age="0"`],
  ])('RFC 9470 §3 challenges %s with what would do', async (_what, settings, changes, expected) => {
    const { error, status, challenge } = (await refusal(changes, settings))!;
    expect([error, status]).toEqual(['insufficient_user_authentication', 401]);
    expect(challenge).toContain(expected);
  });
});
