import { RESPONSE_MODES } from '@tokenidp/kernel';
import * as oauth from 'oauth4webapi';
import { expectErrorPage, expectErrorRedirect } from '../support/conformance';
import { ConformanceClient } from '../support/conformance-client';
import { ConformancePlan } from '../support/conformance-plan';
import { createClient, createUser } from '../support/fixtures';

describe('RFC 9207 issuer identification', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  it('RFC 9207 §3 is announced, and the value is the issuer of the metadata', async () => {
    const app = await plan.app();
    const { issuer, authorization_response_iss_parameter_supported } = app.config.serverMetadata();
    expect(authorization_response_iss_parameter_supported).toBe(true);
    expect(issuer).toBe(plan.tenant.issuer);
  });

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    it('RFC 9207 §2 iss is in the answer with a code, once and exactly', async () => {
      const app = await plan.app({}, mode);
      const { callback } = await plan.login(app, plan.visitor());
      expect(callback.parameters.getAll('iss')).toEqual([app.config.serverMetadata().issuer]);
    });

    it.each([
      ['a request that is wrong', { scope: 'unheard-of' }, 'invalid_scope'],
      ['a request that may show no page', { prompt: 'none' }, 'login_required'],
    ])('RFC 9207 §2 iss is in the answer to %s', async (_name, parameters, error) => {
      const app = await plan.app({}, mode);
      const request = await app.request(parameters as unknown as Record<string, string>);
      const callback = await plan.visitor().authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error });
      expect(callback.parameters.getAll('iss')).toEqual([plan.tenant.issuer]);
    });

    it('RFC 9207 §2 iss is in the answer of a user who does not want to', async () => {
      const app = await plan.app({}, mode);
      const person = plan.visitor();
      const request = await app.request();
      await person.open(request.url);
      await person.submit('cancel');
      const callback = person.callbackAfter(0);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'access_denied' });
    });

    it('RFC 9207 §2 an iss that was sent along changes nothing', async () => {
      const app = await plan.app({}, mode);
      const { callback } = await plan.login(app, plan.visitor(), { iss: 'https://evil.example' });
      expect(callback.parameters.getAll('iss')).toEqual([plan.tenant.issuer]);
    });
  });

  it('S-027 RFC 9207 §2.4 a client of two tenants sees which of them has answered, and refuses the mix-up', async () => {
    const other = await plan.idp.createTenant({ slug: 'globex' });
    const { credentials } = await createUser(plan.idp, other);
    const honest = await plan.app();
    const foreign = await ConformanceClient.discover(other, await createClient(plan.idp, other));
    const request = await foreign.request();
    const callback = await plan.visitor().authorize(request.url, credentials);
    expect(callback.parameters.get('iss')).toBe(other.issuer);
    expect(other.issuer).not.toBe(plan.tenant.issuer);
    const validate = ({ config, clientId }: ConformanceClient) =>
      oauth.validateAuthResponse(
        config.serverMetadata(),
        { client_id: clientId },
        callback.asUrl,
        request.checks.expectedState as string,
      );
    expect(validate(foreign).get('code')).toMatch(/^tac_/);
    expect(() => validate(honest)).toThrow(/"iss"/);
  });

  it('RFC 9207 §2 an error that stays with the provider sends no iss anywhere', async () => {
    const app = await plan.app();
    const { url } = await app.request({ redirect_uri: 'https://client.example/other' });
    await expectErrorPage(plan.visitor(), url, 'redirect_uri is not registered');
  });
});
