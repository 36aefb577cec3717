import { createHmac } from 'node:crypto';
import { equalConstantTime } from './hash';
import type { MasterKeys } from './master-keys';

/** HMAC-SHA-256 under a key of the deployment, stored as `keyId.base64url`; a copied database alone tests no guess. */
export class KeyedHash {
  constructor(private readonly keys: MasterKeys) {}

  hash(purpose: string, value: string): string {
    return this.compute(purpose, value, this.keys.activeId)!;
  }

  /** False, too, when the key is not there any more: fails closed. */
  verify(purpose: string, value: string, stored: string): boolean {
    const keyId = stored.slice(0, stored.indexOf('.'));
    const expected = this.compute(purpose, value, keyId);
    return expected !== null && equalConstantTime(expected, stored);
  }

  private compute(purpose: string, value: string, keyId: string): string | null {
    const key = this.keys.deriveKeyObject(purpose, keyId);
    return key && `${keyId}.${createHmac('sha256', key).update(value).digest('base64url')}`;
  }
}
