import type { VerifiedJwt } from '@tokenidp/keys';
import { contextLike, refusalOf, requestLike, tenant } from '../../test/samples';
import { idTokenHint } from './id-token-hint';

const verifying = (claims: object | null) => {
  const verify = jest.fn(async () => (claims ? ({ header: {}, claims } as VerifiedJwt) : null));
  return { verify, context: contextLike({ verifier: { verify } }) };
};

describe('id_token_hint', () => {
  it('OIDC Core §3.1.2.1 names the user, expired or not, by a token for this client', async () => {
    const { verify, context } = verifying({ sub: 'u1' });
    const request = requestLike('id_token_hint=a.b.c');
    await idTokenHint(request, context);
    expect(request.subject).toBe('u1');
    expect(verify).toHaveBeenCalledWith(tenant, 'a.b.c', { type: 'JWT', audience: 'app', ignoreExpiry: true });
  });

  it('OIDC Core §3.1.2.1 is optional', async () => {
    const { verify, context } = verifying(null);
    const request = requestLike('');
    await idTokenHint(request, context);
    expect(request.subject).toBeUndefined();
    expect(verify).not.toHaveBeenCalled();
  });

  it.each([
    ['is not ours', null, undefined],
    ['names nobody', {}, undefined],
    ['names another user than claims', { sub: 'u1' }, 'u2'],
  ])('S-126 OIDC Core §3.1.2.2 refuses a hint that %s', async (_, claims, subject) => {
    const request = requestLike('id_token_hint=a.b.c', { subject });
    expect(await refusalOf(() => idTokenHint(request, verifying(claims).context))).toBe('invalid_request');
  });
});
