import type { KeyObject } from 'node:crypto';

/**
 * Whether two public keys are one. Not by `KeyObject.equals`: keys of different types leave an error of OpenSSL behind
 * in the thread, which whatever reads from a TLS connection next takes for its own.
 */
export function isSamePublicKey(one: KeyObject, other: KeyObject): boolean {
  return der(one).equals(der(other));
}

function der(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}
