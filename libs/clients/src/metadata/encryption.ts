/** @spec OIDC Registration §2, RFC 7518 §4.1, §5.1 — what is encrypted for a client, how, and that it has a key for it. */
import type { JSONWebKeySet, JWK } from 'jose';
import { invalid } from './client-metadata-error';
import { choiceMember, type MetadataInput } from './members';

/** RSA1_5 and RSA-OAEP with SHA-1 are left to the past. */
export const ENCRYPTION_ALGORITHMS = [
  'RSA-OAEP-256',
  'RSA-OAEP-384',
  'RSA-OAEP-512',
  'ECDH-ES',
  'ECDH-ES+A128KW',
  'ECDH-ES+A192KW',
  'ECDH-ES+A256KW',
] as const;
export const CONTENT_ENCRYPTIONS = [
  'A128CBC-HS256',
  'A192CBC-HS384',
  'A256CBC-HS512',
  'A128GCM',
  'A192GCM',
  'A256GCM',
] as const;

interface ClientKeySource {
  jwks?: JSONWebKeySet;
  jwks_uri?: string;
}

export function encryptionMembers(input: MetadataInput, keys: ClientKeySource) {
  return { ...responseMembers(input, 'id_token', keys), ...responseMembers(input, 'userinfo', keys) };
}

type Members<T extends string> = Partial<Record<`${T}_encrypted_response_${'alg' | 'enc'}`, string>>;

function responseMembers<T extends 'id_token' | 'userinfo'>(
  input: MetadataInput,
  of: T,
  keys: ClientKeySource,
): Members<T> {
  const name = `${of}_encrypted_response_alg`;
  const alg = choiceMember(input, name, ENCRYPTION_ALGORITHMS);
  const enc = choiceMember(input, `${of}_encrypted_response_enc`, CONTENT_ENCRYPTIONS);
  if (alg === undefined && enc !== undefined) throw invalid(`${of}_encrypted_response_enc`, `needs ${name}`);
  if (alg === undefined) return {};
  const isReachable = keys.jwks_uri !== undefined || findEncryptionKey(keys.jwks, alg) !== undefined;
  if (!isReachable) throw invalid(name, 'needs a key for it in jwks, or jwks_uri');
  return { [name]: alg, [`${of}_encrypted_response_enc`]: enc ?? CONTENT_ENCRYPTIONS[0] } as Members<T>;
}

/** The first key that may encrypt with the algorithm; one that says so before one that says nothing of its use. */
export function findEncryptionKey(jwks: JSONWebKeySet | undefined, algorithm: string): JWK | undefined {
  const kty = algorithm.startsWith('RSA') ? 'RSA' : 'EC';
  const fit = (jwks?.keys ?? []).filter(
    (key) => key.kty === kty && (key.alg === undefined || key.alg === algorithm) && mayEncrypt(key),
  );
  return fit.find(({ use }) => use === 'enc') ?? fit[0];
}

/** RFC 7517 §4.2, §4.3. */
function mayEncrypt({ use, key_ops }: JWK): boolean {
  const isForIt =
    key_ops?.some((each) => each === 'encrypt' || each === 'wrapKey' || each.startsWith('derive')) ?? true;
  return (use === undefined || use === 'enc') && isForIt;
}
