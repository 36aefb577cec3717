/** @spec RFC 9101 §5.2, §6.2, RFC 8725 §3.1 — a request object is taken from where its client registered it, and believed by its signature. */
import { Injectable, Logger } from '@nestjs/common';
import { type Client, ClientKeys, FAPI_SIGNING_ALGORITHMS } from '@tokenidp/clients';
import { GuardedHttpClient, OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import {
  algorithmsFor,
  CLIENT_SIGNING_ALGORITHMS,
  type ClientJwt,
  isSignedBy,
  readClientJwt,
} from '../client-auth/client-jwt';
import type { RequestObjectSource } from './authorization-request';
import { mustSign } from '../rules/require-signed-request-object';

const MAX_LENGTH = 32 * 1024;

@Injectable()
export class RequestObjects implements RequestObjectSource {
  private readonly logger = new Logger(RequestObjects.name);

  constructor(
    private readonly keys: ClientKeys,
    private readonly http: GuardedHttpClient,
  ) {}

  async verify(jwt: string, client: Client, tenant: Tenant): Promise<ClientJwt> {
    const object = readClientJwt(jwt, MAX_LENGTH);
    if (!object) throw new OAuthError('invalid_request_object', 'request is not a signed JWT in compact form');
    if (await isSignedBy(client, this.keys, object, algorithms(client, tenant))) return object;
    throw new OAuthError('invalid_request_object', 'request is not signed by a key and algorithm of the application');
  }

  /** Nothing is kept: what is there may change. The fragment is not sent. */
  async fetch(uri: string): Promise<string> {
    try {
      const accept = 'application/oauth-authz-req+jwt, application/jwt';
      const answer = await this.http.fetch(uri.split('#')[0]!, { accept, maxBytes: MAX_LENGTH });
      if (answer.status !== 200) throw new Error(`status ${answer.status}`);
      return answer.text().trim();
    } catch (error) {
      this.logger.warn(`a request object could not be fetched: ${error instanceof Error ? error.message : 'unknown'}`);
      throw new OAuthError('invalid_request_uri', 'there is no request object at request_uri');
    }
  }
}

/** The registered algorithm alone; without one, what the profile allows or, where requests must be signed, FAPI 2.0 (§5.4.1). */
function algorithms(client: Client, tenant: Tenant): string[] {
  const registered = client.request_object_signing_alg;
  const isStrict = registered === undefined && mustSign(client, tenant);
  const allowed = client.profile.algorithms ?? (isStrict ? FAPI_SIGNING_ALGORITHMS : CLIENT_SIGNING_ALGORITHMS);
  return algorithmsFor(registered, allowed);
}
