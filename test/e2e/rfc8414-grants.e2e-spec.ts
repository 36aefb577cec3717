import { TOKEN_TYPES } from '@tokenidp/kernel';
import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CIBA, CibaFlow, createAsker } from '../support/ciba-flow';
import { CodeFlow } from '../support/code-flow';
import { createDevice, DEVICE_CODE, DeviceFlow } from '../support/device-flow';
import { createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { relyingParty, type Tokens } from '../support/stock-client';
import { OutsideIssuer } from '../support/trusted-issuer';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

describe('RFC 8414 §2 what the metadata says of grants is so (S-003)', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let app: TestClient;
  let flow: CodeFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
    app = await newApp();
    flow = await CodeFlow.of(tenant, app);
  });

  afterAll(() => idp?.close());

  const newApp = (more: Partial<NewClient> = {}) => createClient(idp, tenant, { require_pkce: false, ...more });

  async function supported(name: string): Promise<string[]> {
    const { json } = await send(`${tenant.issuer}/.well-known/openid-configuration`);
    return json![`${name}_supported`] as string[];
  }

  /** Somebody new at the application, whose request says this. */
  async function tokensFor(parameters: Record<string, string>, by: CodeFlow = flow): Promise<Tokens> {
    return by.tokens(await by.code(new HttpBrowser(), { credentials, parameters }));
  }

  /** A client whose user has allowed it elsewhere. */
  async function tokensOfAsker(): Promise<Tokens> {
    const asker = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant));
    const asked = await asker.begin({ login_hint: 'ada' });
    await asker.decide(asked.auth_req_id);
    return openid.pollBackchannelAuthenticationGrant(asker.config, { ...asked, interval: 1 });
  }

  /** A device whose user has allowed it. */
  async function tokensOfDevice(): Promise<Tokens> {
    const device = await DeviceFlow.of(tenant, await createDevice(idp, tenant));
    const waiting = await device.begin();
    await device.approve(new HttpBrowser(), waiting.user_code, credentials);
    return openid.pollDeviceAuthorizationGrant(device.config, { ...waiting, interval: 1 });
  }

  it('grant types: each gives a token, others are not known', async () => {
    const { refresh_token } = await tokensFor({ scope: 'openid offline_access', prompt: 'consent' });
    const machine = await createMachine(idp, tenant, { grant_types: ['client_credentials', JWT_BEARER] });
    const outside = await OutsideIssuer.of(idp, tenant, { subject: 'client', audiences: [tenant.issuer] });
    const trading = await CodeFlow.of(tenant, await newApp({ grant_types: ['authorization_code', EXCHANGE] }));
    const given: Record<string, () => Promise<{ access_token: string }>> = {
      authorization_code: () => tokensFor({}),
      refresh_token: () => openid.refreshTokenGrant(flow.config, refresh_token!),
      client_credentials: async () => openid.clientCredentialsGrant(await relyingParty(tenant, machine)),
      [JWT_BEARER]: async () => {
        const assertion = await outside.assertion(machine.client.client_id);
        return openid.genericGrantRequest(await relyingParty(tenant, machine), JWT_BEARER, { assertion });
      },
      [EXCHANGE]: async () => {
        const { access_token: subject_token } = await tokensFor({}, trading);
        const form = { subject_token, subject_token_type: TOKEN_TYPES.accessToken };
        return openid.genericGrantRequest(trading.config, EXCHANGE, form);
      },
      [DEVICE_CODE]: () => tokensOfDevice(),
      [CIBA]: () => tokensOfAsker(),
    };
    expect((await supported('grant_types')).sort()).toEqual(Object.keys(given).sort());
    for (const grant of await supported('grant_types')) expect((await given[grant]!()).access_token).toMatch(/./);
    const unknown = [
      ...['password', 'implicit', 'device_code', 'urn:ietf:params:oauth:grant-type:saml2-bearer', 'CODE'],
    ];
    for (const grant_type of unknown) {
      const form = { grant_type, username: 'ada', password: 'x' };
      const answer = await postForm(`${tenant.issuer}/token`, form, basic(app.client.client_id, app.secret));
      expect(answer).toMatchObject({ status: 400, json: { error: 'unsupported_grant_type' } });
    }
  });
});
