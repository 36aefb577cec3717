import {
  assignmentOf,
  clientLike,
  contextLike,
  DOUBLE,
  refusalOf,
  requestLike,
  SINGLE,
  tenant,
} from '../../test/samples';
import type { AuthorizationRequest } from '../authorize/authorization-request';
import { requiredAuthentication } from './required-authentication';

const A = 'https://a.example';
const B = 'https://b.example';
const UNMET = 'unmet_authentication_requirements';

function apply(narrowed: Partial<AuthorizationRequest>, resource: object, userinfo: object = {}) {
  const assignments = [assignmentOf(A, ['read'], resource), assignmentOf(B, ['write'])];
  const settings = { ...tenant.settings, userinfo };
  const request = requestLike('', { client: clientLike({ assignments }), apiScopes: { [A]: ['read'] }, ...narrowed });
  const refused = refusalOf(() => requiredAuthentication(request, contextLike({ tenant: { ...tenant, settings } })));
  return { request, refused };
}

describe('what a resource asks of a sign-in', () => {
  it.each([
    ['no age where nobody asks for one', {}, {}, undefined],
    ['the age of the resource', {}, { maxAgeSeconds: 60 }, 60],
    ['the shorter one of the request', { maxAge: 10 }, { maxAgeSeconds: 60 }, 10],
    ['the shorter one of the resource', { maxAge: 100 }, { maxAgeSeconds: 60 }, 60],
    ['none of a resource that is not asked for', { apiScopes: { [B]: ['write'] } }, { maxAgeSeconds: 60 }, undefined],
    ['that of a resource named without a scope', { apiScopes: {}, resources: [A] }, { maxAgeSeconds: 60 }, 60],
  ])('RFC 9470 §5 demands %s', (_what, narrowed, resource, expected) => {
    expect(apply(narrowed, resource).request.maxAge).toBe(expected);
  });

  it.each([
    ['nothing asked of the client', {}, [DOUBLE]],
    ['a weaker wish, which gives way', { acrValues: [SINGLE] }, [DOUBLE]],
    ['a wish nobody can reach', { acrValues: ['gold'] }, [DOUBLE]],
    ['the same as a condition', { acrValues: [SINGLE, DOUBLE], acrEssential: true }, [DOUBLE]],
  ])('RFC 9470 §5 makes the acr a condition: %s', async (_what, narrowed, expected) => {
    const { request, refused } = apply(narrowed, { requiredAcr: DOUBLE });
    expect(await refused).toBeUndefined();
    expect(request).toMatchObject({ acrValues: expected, acrEssential: true });
  });

  it('RFC 9470 §5 a stronger wish stays a wish', async () => {
    const { request } = apply({ acrValues: [DOUBLE] }, { requiredAcr: SINGLE });
    expect(request).toMatchObject({ acrValues: [DOUBLE, SINGLE], acrEssential: true });
  });

  it.each([
    ['an acr that cannot be reached', {}, { requiredAcr: 'gold' }],
    ['one that contradicts a condition', { acrValues: [SINGLE], acrEssential: true }, { requiredAcr: DOUBLE }],
  ])('RFC 9470 §5, OIDC Core §5.5.1.1 refuses %s', async (_what, narrowed, resource) => {
    expect(await apply(narrowed, resource).refused).toBe(UNMET);
  });

  it.each([
    ['openid', { scopes: new Set(['openid']) }, 30],
    ['openid for the provider itself', { scopes: new Set(['openid']), resources: [tenant.issuer] }, 30],
    ['openid for an API alone', { scopes: new Set(['openid']), resources: [A] }, undefined],
    ['no openid', { scopes: new Set(['read']) }, undefined],
  ])('RFC 9470 §5 userinfo has its say in a request with %s', (_what, narrowed, expected) => {
    expect(apply(narrowed, {}, { maxAgeSeconds: 30 }).request.maxAge).toBe(expected);
  });
});
