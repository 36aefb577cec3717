/** @spec CIBA Core §7.1.1, RFC 8725 §3.1 — a client that has registered an algorithm signs each request, and each one counts once. */
import { Injectable } from '@nestjs/common';
import { type Client, ClientKeys } from '@tokenidp/clients';
import { Clock, OAuthError, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { REPEATABLE } from '../authorize/authorize.pipeline';
import { signedParameters } from '../authorize/signed-parameters';
import { algorithmsFor, CLIENT_SIGNING_ALGORITHMS, isSignedBy, readClientJwt } from '../client-auth/client-jwt';
import type { Parameters } from '../endpoints/form-parameters';
import { ReplaysRepository } from '../tokens/replays.repository';
import { invalidRequest, signedRequestFault, unsignedParameter } from './signed-request';

const MAX_LENGTH = 32 * 1024;

@Injectable()
export class SignedBackchannelRequests {
  constructor(
    private readonly keys: ClientKeys,
    private readonly replays: ReplaysRepository,
    private readonly clock: Clock,
  ) {}

  /** The parameters of the request: those of the form, or those that were signed. Throws `invalid_request`. */
  async read(tenant: Tenant, client: Client, form: Parameters): Promise<Parameters> {
    const jwt = form.get('request');
    if (jwt !== undefined) return this.verify(tenant, client, { form, jwt });
    if (client.backchannel_authentication_request_signing_alg !== undefined) {
      throw new OAuthError('invalid_request', 'this client has to sign its requests');
    }
    if (form.has('request_uri')) throw new OAuthError('invalid_request', 'request_uri is not supported here');
    return form;
  }

  private async verify(tenant: Tenant, client: Client, sent: { form: Parameters; jwt: string }): Promise<Parameters> {
    const loose = unsignedParameter(sent.form);
    if (loose !== undefined) throw invalidRequest('no parameter may stand beside it');
    const jwt = readClientJwt(sent.jwt, MAX_LENGTH);
    if (!jwt) throw invalidRequest('it is not a signed JWT in compact form');
    if (!(await isSignedBy(client, this.keys, jwt, algorithmsOf(client)))) {
      throw invalidRequest('it is not signed by a key and algorithm of the client');
    }
    const nowSeconds = this.clock.nowSeconds();
    const fault = signedRequestFault(jwt, { clientId: client.client_id, issuer: tenant.issuer, nowSeconds });
    if (fault !== undefined) throw invalidRequest(fault);
    const parameters = signedParameters(jwt.claims, REPEATABLE);
    const key = sha256(`backchannel-request\n${client.id}\n${String(jwt.claims.jti)}`);
    if (!(await this.replays.spend(tenant.id, key, new Date(Number(jwt.claims.exp) * 1000)))) {
      throw invalidRequest('it was used before');
    }
    return parameters;
  }
}

function algorithmsOf({ backchannel_authentication_request_signing_alg: registered, profile }: Client): string[] {
  return algorithmsFor(registered, profile.algorithms ?? CLIENT_SIGNING_ALGORITHMS);
}
