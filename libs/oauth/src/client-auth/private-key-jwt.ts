import { Injectable } from '@nestjs/common';
import { type Client, ClientKeys } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { compactVerify, createLocalJWKSet, errors, type JWK } from 'jose';
import { AssertionRules } from './assertion-rules';
import { assertedClientId, readAssertion } from './client-assertion';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';
import { isMacAlgorithm } from './client-secret-jwt';

/** RFC 8725 §3.1: asymmetric algorithms a client may sign with; those of FAPI 2.0 §5.4.1 stand first. */
export const ASSERTION_SIGNING_ALGORITHMS = ['ES256', 'PS256', 'Ed25519', 'EdDSA', 'ES384', 'ES512', 'RS256'] as const;
/** RFC 9864 §2.2: two names of one signature, since `Ed25519` is the only curve that is taken. */
const ED25519_NAMES: readonly unknown[] = ['Ed25519', 'EdDSA'];

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
    if (!assertion || !algorithms(client).includes(String(assertion.header.alg))) return false;
    return (
      (await this.isSigned(assertion.jwt, assertion.header, client)) && this.rules.accept(assertion, client, tenant)
    );
  }

  private async isSigned(jwt: string, header: Record<string, unknown>, client: Client): Promise<boolean> {
    const kid = typeof header.kid === 'string' ? header.kid : undefined;
    const jwks = await this.keys.keys(client, kid);
    try {
      await compactVerify(jwt, createLocalJWKSet({ keys: jwks.keys.map(underEitherName) }), {
        algorithms: algorithms(client),
      });
      return true;
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys) return anyVerifies(jwt, error, algorithms(client));
      return false;
    }
  }
}

/** S-058: the registered algorithm alone, or the ones the client's profile allows. */
function algorithms(client: Client): string[] {
  const allowed = client.profile.algorithms ?? ASSERTION_SIGNING_ALGORITHMS;
  const fixed = client.token_endpoint_auth_signing_alg;
  return allowed.filter((algorithm) => fixed === undefined || isSame(fixed, algorithm));
}

function isSame(one: string, other: string): boolean {
  return one === other || (ED25519_NAMES.includes(one) && ED25519_NAMES.includes(other));
}

/** Which of the two names a client has registered its key under does not matter. */
function underEitherName(key: JWK): JWK {
  if (!ED25519_NAMES.includes(key.alg)) return key;
  const { alg: _alg, ...unnamed } = key;
  return unnamed;
}

/** Several keys fit the header (no `kid`): each is tried. */
async function anyVerifies(jwt: string, keys: errors.JWKSMultipleMatchingKeys, allowed: string[]): Promise<boolean> {
  for await (const key of keys) {
    const verified = await compactVerify(jwt, key, { algorithms: allowed }).then(
      () => true,
      () => false,
    );
    if (verified) return true;
  }
  return false;
}
