import { Injectable } from '@nestjs/common';
import { type Client, ClientKeys } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { AssertionRules } from './assertion-rules';
import { assertedClientId, readAssertion } from './client-assertion';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';
import { algorithmsFor, CLIENT_SIGNING_ALGORITHMS, isSignedBy } from './client-jwt';
import { isMacAlgorithm } from './client-secret-jwt';

/** @spec OIDC Core §9, RFC 7523 §2.2, RFC 9864 §2.2 — the client signs an assertion with a key that it has registered. */
@Injectable()
export class PrivateKeyJwt implements ClientAuthMethod {
  readonly name = 'private_key_jwt';

  constructor(
    private readonly keys: ClientKeys,
    private readonly rules: AssertionRules,
  ) {}

  read({ parameters }: ClientAuthRequest): PresentedCredential | null {
    const assertion = readAssertion(parameters);
    if (!assertion || isMacAlgorithm(assertion.header.alg)) return null;
    return { clientId: assertedClientId(assertion), assertion };
  }

  async verify({ assertion }: PresentedCredential, client: Client, tenant: Tenant): Promise<boolean> {
    if (!assertion || !(await isSignedBy(client, this.keys, assertion, algorithms(client)))) return false;
    return this.rules.accept(assertion, client, tenant);
  }
}

/** S-058: the registered algorithm alone, or the ones the client's profile allows. */
function algorithms(client: Client): string[] {
  return algorithmsFor(client.token_endpoint_auth_signing_alg, client.profile.algorithms ?? CLIENT_SIGNING_ALGORITHMS);
}
