/** @spec RFC 7518 §3.1, RFC 8725 §3.1 — a closed table: one algorithm, one kind of key, one way to sign. */
import { constants, type KeyObject, sign, verify } from 'node:crypto';
import type { KeyAlgorithm } from '@tokenidp/tenancy';
import { derToRaw, rawToDer } from './ecdsa-signature';
import { withTheOthers } from './signing-turn';

export type SigningAlgorithm = KeyAlgorithm;

export interface AlgorithmDefinition {
  readonly kty: 'EC' | 'RSA' | 'OKP';
  /** Only for elliptic curves: `crv` of the JWK. */
  readonly curve?: 'P-256' | 'P-384' | 'P-521' | 'Ed25519';
  /** On this thread where a signature costs less than the way to another one and back (docs/adr/0003). */
  sign(input: Buffer, key: KeyObject): Promise<Buffer>;
  verify(input: Buffer, key: KeyObject, signature: Buffer): boolean | Promise<boolean>;
}

type SignKey = Parameters<typeof sign>[2];
type VerifyKey = Parameters<typeof verify>[2];

function signElsewhere(hash: string, input: Buffer, key: SignKey): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign(hash, input, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

function verifyElsewhere(hash: string, input: Buffer, key: VerifyKey, signature: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(hash, input, key, signature, (error, valid) => (error ? reject(error) : resolve(valid)));
  });
}

/** The plain key and DER are what OpenSSL is fast with: with `dsaEncoding` a signature takes 2.4 times as long. */
const ES256: AlgorithmDefinition = {
  kty: 'EC',
  curve: 'P-256',
  sign: (input, key) => withTheOthers(() => derToRaw(sign('sha256', input, key))),
  verify: (input, key, signature) => signature.length === 64 && verify('sha256', input, key, rawToDer(signature)),
};

const EdDSA: AlgorithmDefinition = {
  kty: 'OKP',
  curve: 'Ed25519',
  sign: (input, key) => withTheOthers(() => sign(null, input, key)),
  verify: (input, key, signature) => verify(null, input, key, signature),
};

/** The larger curves have no fast code in OpenSSL: 0.9 and 2.1 ms a signature. */
function largerCurve(curve: 'P-384' | 'P-521', hash: string): AlgorithmDefinition {
  const encoded = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' as const });
  return {
    kty: 'EC',
    curve,
    sign: (input, key) => signElsewhere(hash, input, encoded(key)),
    verify: (input, key, signature) => verifyElsewhere(hash, input, encoded(key), signature),
  };
}

const MAX_QUICK_BITS = 4096;

/** A key of somebody else may have an exponent that makes its signatures dear to verify: not on this thread. */
function verifyRsa(input: Buffer, key: KeyObject, encoded: VerifyKey, signature: Buffer): boolean | Promise<boolean> {
  const { publicExponent, modulusLength = Infinity } = key.asymmetricKeyDetails ?? {};
  const isQuick = publicExponent === 65_537n && modulusLength <= MAX_QUICK_BITS;
  return (isQuick ? verify : verifyElsewhere)('sha256', input, encoded, signature);
}

const RS256: AlgorithmDefinition = {
  kty: 'RSA',
  sign: (input, key) => signElsewhere('sha256', input, key),
  verify: (input, key, signature) => verifyRsa(input, key, key, signature),
};

const withPss = (key: KeyObject) => ({
  key,
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
});

const PS256: AlgorithmDefinition = {
  kty: 'RSA',
  sign: (input, key) => signElsewhere('sha256', input, withPss(key)),
  verify: (input, key, signature) => verifyRsa(input, key, withPss(key), signature),
};

export const ALGORITHMS: Readonly<Record<SigningAlgorithm, AlgorithmDefinition>> = {
  ES256,
  RS256,
  PS256,
  EdDSA,
  ES384: largerCurve('P-384', 'sha384'),
  ES512: largerCurve('P-521', 'sha512'),
};

export const SIGNING_ALGORITHMS = Object.keys(ALGORITHMS) as SigningAlgorithm[];
