/**
 * @spec RFC 7517 §5, RFC 8725 §3.1, RFC 8725 §3.10 — one tenant's keys: what is published, which key signs, and which
 * key a `kid` names. Only public parts are published (S-098).
 */
import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import type { SigningAlgorithm } from './algorithms';
import type { KeyState, SigningKeyEntity } from './signing-key.entity';

export const JWT_TYPES = ['JWT', 'at+jwt', 'logout+jwt', 'token-introspection+jwt'] as const;
export type JwtType = (typeof JWT_TYPES)[number];

export interface PublishedKeys {
  /** The JWKS, ready to be sent. */
  readonly body: string;
  /** A strong entity tag, quotes included. */
  readonly etag: string;
}

export interface VerificationKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly publicKey: KeyObject;
  /** Not published any more: good for telling what an old ID token said, not for accepting it. */
  readonly isRetired: boolean;
}

export interface SigningKey {
  readonly tenantId: string;
  readonly id: string;
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly wrappedPrivateKey: string;
  /** The encoded header and its dot, per type of token. */
  readonly headers: Readonly<Record<JwtType, string>>;
}

const PUBLISHED: readonly KeyState[] = ['current', 'next', 'previous'];

export class KeySet {
  readonly published: PublishedKeys;
  /** The same for two sets exactly when every `kid` means the same in both. */
  readonly generation: string;
  private readonly verifying: ReadonlyMap<string, VerificationKey>;
  private readonly signing: ReadonlyMap<string, SigningKey>;

  constructor(
    tenantId: string,
    readonly rows: readonly SigningKeyEntity[],
  ) {
    this.published = publish(rows);
    this.verifying = new Map(rows.map((row) => [row.kid, verificationKey(row)]));
    this.signing = new Map(rows.filter(({ state }) => state === 'current').map((row) => [row.alg, signingKey(row)]));
    const members = rows.map(({ kid, state }) => `${kid} ${state === 'retired'}`).sort();
    this.generation = hash('sha256', [tenantId, ...members].join('\n'), 'base64url').slice(0, 22);
  }

  /** `kid` is data: it is looked up here, among the tenant's own keys, and nowhere else. */
  verificationKey(kid: string): VerificationKey | undefined {
    return this.verifying.get(kid);
  }

  signingKey(alg: SigningAlgorithm): SigningKey | undefined {
    return this.signing.get(alg);
  }
}

function publish(rows: readonly SigningKeyEntity[]): PublishedKeys {
  const keys = PUBLISHED.flatMap((state) => rows.filter((row) => row.state === state)).map((row) => row.publicJwk);
  const body = JSON.stringify({ keys });
  return { body, etag: `"${hash('sha256', body, 'base64url')}"` };
}

function verificationKey({ kid, alg, publicJwk, state }: SigningKeyEntity): VerificationKey {
  const publicKey = createPublicKey({ key: { ...publicJwk }, format: 'jwk' });
  return { kid, alg, publicKey, isRetired: state === 'retired' };
}

function signingKey({ tenantId, id, kid, alg, wrappedPrivateKey }: SigningKeyEntity): SigningKey {
  const header = (typ: JwtType) => `${Buffer.from(JSON.stringify({ alg, typ, kid })).toString('base64url')}.`;
  const headers = Object.fromEntries(JWT_TYPES.map((typ) => [typ, header(typ)])) as Record<JwtType, string>;
  return { tenantId, id, kid, alg, wrappedPrivateKey: wrappedPrivateKey!, headers };
}
