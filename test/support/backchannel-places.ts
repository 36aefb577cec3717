import type { Tenant } from '@tokenidp/tenancy';
import type { JWTPayload } from 'jose';
import type { TestClient } from './fixtures';
import { basic, postForm } from './http';

/** What a client signs that asks about somebody; the rest is as in its assertions. */
export function callClaims({ sub: _sub, ...about }: JWTPayload): JWTPayload {
  return { ...about, nbf: about.iat, scope: 'openid', login_hint: 'ada' };
}

/** Whether the backchannel takes a JWT as this parameter; fails when it is neither taken nor refused as it should be. */
export async function isAskable(tenant: Tenant, by: TestClient, name: string, jwt: string): Promise<boolean> {
  const form = { [name]: jwt, ...(name !== 'request' && { scope: 'openid' }) };
  const url = `${tenant.issuer}/backchannel_authentication`;
  const answer = await postForm(url, form, basic(by.client.client_id, by.secret));
  if (answer.status !== 200) {
    expect(answer.status).toBe(400);
    expect(['invalid_request', 'expired_login_hint_token']).toContain(answer.json?.error);
  }
  return answer.status === 200;
}
