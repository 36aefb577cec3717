import type { Tenant } from '@tokenidp/tenancy';

import { CibaFlow, createAsker, RequestSigner } from '../support/ciba-flow';
import { createUser } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';

const UNLIMITED = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
const HINT = { login_hint: 'ada' };

describe('CIBA Core §7.1.1 signed requests', () => {
  let idp: TestIdp;
  let tenant: Tenant;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: UNLIMITED } });
    await createUser(idp, tenant);
  });

  afterAll(() => idp?.close());

  const told = ({ status, json }: { status: number; json: Record<string, unknown> | undefined }) =>
    `${status} ${String(json?.error)}`;

  let signer: RequestSigner;
  let signed: CibaFlow;

  beforeAll(async () => {
    signer = await RequestSigner.of(idp, tenant);
    signed = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant, signer.metadata));
  });

  const ask = async (changed: Record<string, unknown> = {}, ...signing: [object?, never?]) =>
    signed.ask({ scope: '', request: await signer.sign(signer.claims(signed.app, changed), ...signing) });
  const from = (seconds: number): number => idp.clock.nowSeconds() + seconds;

  it.each<[string, () => Record<string, unknown>]>([
    ['as it should be', () => ({})],
    ['with several audiences', () => ({ aud: ['https://other.example', tenant.issuer] })],
    ['fapi-ciba-id1-ensure-other-scope-order-succeeds', () => ({ scope: 'email openid' })],
    ['fapi-ciba-id1-ensure-requested-expiry-as-string-succeeds', () => ({ requested_expiry: '30' })],
    ['requested_expiry as a number', () => ({ requested_expiry: 30 })],
    ['nbf 8 seconds ahead', () => ({ nbf: from(8) })],
  ])('CIBA Core §7.1.1 takes one %s', async (_, changed) => {
    expect((await ask(changed())).status).toBe(200);
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['missing-aud', () => ({ aud: undefined })],
    ['bad-aud', () => ({ aud: 'https://other.example' })],
    ['missing-iss', () => ({ iss: undefined })],
    ['bad-iss', () => ({ iss: 'somebody' })],
    ['missing-exp', () => ({ exp: undefined })],
    ['expired-exp', () => ({ exp: from(-60) })],
    ['exp-is-70-minutes-in-future', () => ({ exp: from(70 * 60) })],
    ['missing-iat', () => ({ iat: undefined })],
    ['missing-nbf', () => ({ nbf: undefined })],
    ['nbf-is-10-minutes-in-future', () => ({ nbf: from(600) })],
    ['nbf-is-70-minutes-in-past', () => ({ nbf: from(-70 * 60) })],
    ['missing-jti', () => ({ jti: undefined })],
  ])('CIBA Core §7.1.1, FAPI-CIBA §5.2.2 fapi-ciba-id1-ensure-request-object-%s-fails', async (_, changed) => {
    expect(told(await ask(changed()))).toBe('400 invalid_request');
  });

  const withAlg = (jwt: string, header: string, signature: string) =>
    [Buffer.from(header).toString('base64url'), jwt.split('.')[1], signature].join('.');

  it.each<[string, (claims: Record<string, unknown>) => Promise<string>]>([
    ['signature-algorithm-is-none', async (claims) => withAlg(await signer.sign(claims), '{"alg":"none"}', '')],
    ['signature-algorithm-is-bad', async (claims) => (await signer.sign(claims)).replace(/[^.]+$/, 'A'.repeat(342))],
    ['signature-algorithm-is-RS256', async (claims) => (await RequestSigner.of(idp, tenant, 'RS256')).sign(claims)],
    ['signed-by-other-client', async (claims) => (await RequestSigner.of(idp, tenant)).sign(claims)],
  ])('CIBA Core §7.1.1 fapi-ciba-id1-ensure-request-object-%s-fails', async (_, sign) => {
    const request = await sign(signer.claims(signed.app));
    expect(told(await signed.ask({ scope: '', request }))).toBe('400 invalid_request');
  });

  it('CIBA Core §7.1.1 the secret of the client signs nothing, and what was signed counts once', async () => {
    const secret = new TextEncoder().encode(signed.app.secret.padEnd(64));
    const mac = await signer.sign(signer.claims(signed.app), { alg: 'HS256' }, secret);
    expect(told(await signed.ask({ scope: '', request: mac }))).toBe('400 invalid_request');
    const good = await signer.sign(signer.claims(signed.app));
    expect((await signed.ask({ scope: '', request: good })).status).toBe(200);
    expect(told(await signed.ask({ scope: '', request: good }))).toBe('400 invalid_request');
  });

  it('CIBA Core §7.1.1 fapi-ciba-id1-ensure-unsigned-backchannel-authorization-request-fails', async () => {
    expect(told(await signed.ask(HINT))).toBe('400 invalid_request');
  });

  it('CIBA Core §7.1.1 nothing that was not signed counts, or may stand beside it', async () => {
    const request = await signer.sign(signer.claims(signed.app));
    expect(told(await signed.ask({ scope: '', request, binding_message: '1' }))).toBe('400 invalid_request');
    const two = await signer.sign(signer.claims(signed.app, { id_token_hint: 'x' }));
    expect(told(await signed.ask({ scope: '', request: two }))).toBe('400 invalid_request');
  });
});
