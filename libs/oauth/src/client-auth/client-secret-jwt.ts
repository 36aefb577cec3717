import { Injectable } from '@nestjs/common';
import { type Client, ClientsService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { compactVerify } from 'jose';
import { AssertionRules } from './assertion-rules';
import { assertedClientId, readAssertion } from './client-assertion';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';

export const ASSERTION_MAC_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;

/** @spec OIDC Core §9, RFC 7523 §2.2 — the client proves its secret by a MAC and never sends it. */
@Injectable()
export class ClientSecretJwt implements ClientAuthMethod {
  readonly name = 'client_secret_jwt';

  constructor(
    private readonly clients: ClientsService,
    private readonly rules: AssertionRules,
  ) {}

  read({ parameters }: ClientAuthRequest): PresentedCredential | null {
    const assertion = readAssertion(parameters);
    if (!assertion || !isMacAlgorithm(assertion.header.alg)) return null;
    return { clientId: assertedClientId(assertion), assertion };
  }

  async verify({ assertion }: PresentedCredential, client: Client, tenant: Tenant): Promise<boolean> {
    if (!assertion || !algorithms(client).includes(String(assertion.header.alg))) return false;
    return (await this.isMacced(assertion.jwt, client)) && this.rules.accept(assertion, client, tenant);
  }

  /** Any live secret will do, so that rotation overlaps. */
  private async isMacced(jwt: string, client: Client): Promise<boolean> {
    for (const secret of this.clients.assertionSecrets(client)) {
      const verified = await compactVerify(jwt, Buffer.from(secret), { algorithms: algorithms(client) }).then(
        () => true,
        () => false,
      );
      if (verified) return true;
    }
    return false;
  }
}

export function isMacAlgorithm(algorithm: unknown): boolean {
  return (ASSERTION_MAC_ALGORITHMS as readonly unknown[]).includes(algorithm);
}

/** S-058: the registered algorithm alone, or every MAC. */
function algorithms(client: Client): string[] {
  const fixed = client.token_endpoint_auth_signing_alg;
  return ASSERTION_MAC_ALGORITHMS.filter((algorithm) => fixed === undefined || fixed === algorithm);
}
