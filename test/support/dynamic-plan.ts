import { ClientsService } from '@tokenidp/clients';
import type { NewTenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import { type ClientKey, newClientKey } from './client-key';
import { ConformanceClient } from './conformance-client';
import { ConformancePlan } from './conformance-plan';
import { REDIRECT_URI } from './fixtures';
import { OPEN } from './registration';

/** What one module of the suite has: a client that registered itself as the suite does it, and the key it signs with. */
export interface DynamicApp {
  app: ConformanceClient;
  /** Everything that the registration endpoint answered. */
  registered: openid.ClientMetadata;
  key: ClientKey;
}

/** The dynamic variant of a plan: private_key_jwt, RS256, no `scope`. */
export class DynamicPlan {
  private constructor(
    readonly plan: ConformancePlan,
    readonly key: ClientKey,
  ) {}

  static async start(tenant: Partial<NewTenant> = {}, environment?: Record<string, string>): Promise<DynamicPlan> {
    const registration = { ...OPEN.registration, requirePkce: false };
    const settings = { ...OPEN, registration, keys: { algorithms: ['RS256' as const] } };
    const plan = await ConformancePlan.start({ settings, ...tenant }, environment);
    return new DynamicPlan(plan, await newClientKey('suite', 'RS256'));
  }

  async app(metadata: Record<string, unknown> = {}, initialAccessToken?: string): Promise<DynamicApp> {
    const { plan, key } = this;
    const authentication = openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid });
    const asked = {
      client_name: 'Conformance suite',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [REDIRECT_URI],
      contacts: ['suite@client.example'],
      token_endpoint_auth_method: 'private_key_jwt',
      ...('jwks_uri' in metadata ? {} : { jwks: { keys: [key.publicJwk] } }),
      ...metadata,
    } as Partial<openid.ClientMetadata>;
    const config = await openid.dynamicClientRegistration(new URL(plan.tenant.issuer), asked, authentication, {
      execute: [openid.allowInsecureRequests],
      ...(initialAccessToken && { initialAccessToken }),
    });
    const registered = config.clientMetadata();
    const client = (await plan.idp.get(ClientsService).find(plan.tenant.id, registered.client_id))!;
    const app = await ConformanceClient.discover(plan.tenant, { client, secret: '' }, { authentication });
    return { app, registered, key };
  }
}
