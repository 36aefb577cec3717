import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

export interface MasterKey {
  /** short and stable: it stands beside everything the key protects */
  id: string;
  /** 32 random bytes */
  key: Buffer;
}

/**
 * The deployment's master keys: all open what they once sealed, the first one seals. Nothing uses a master key
 * itself; each purpose has a key derived from it (HKDF-SHA-256, RFC 5869).
 */
export class MasterKeys {
  private readonly byId: Map<string, MasterKey>;
  private readonly derived = new Map<string, Buffer>();
  private readonly keyObjects = new Map<string, KeyObject>();
  readonly activeId: string;
  /** the last one of the list: what must not change with the active key is derived from it */
  readonly oldestId: string;

  constructor(keys: readonly MasterKey[]) {
    const active = keys[0];
    if (!active) throw new Error('at least one master key is needed');
    for (const { id, key } of keys) {
      if (!/^[A-Za-z0-9_-]{1,32}$/.test(id)) throw new Error('a master key id is 1 to 32 of A-Z a-z 0-9 _ -');
      if (key.length !== 32) throw new Error(`master key ${id} must have 32 bytes`);
    }
    this.activeId = active.id;
    this.oldestId = keys.at(-1)!.id;
    this.byId = new Map(keys.map((key) => [key.id, key]));
    if (this.byId.size !== keys.length) throw new Error('two master keys have the same id');
  }

  /** 32 bytes for one purpose, from the active key or the named one; null when that key is not there. */
  derive(purpose: string): Buffer;
  derive(purpose: string, keyId: string): Buffer | null;
  derive(purpose: string, keyId = this.activeId): Buffer | null {
    const name = `${keyId}:${purpose}`;
    const known = this.derived.get(name);
    if (known) return known;
    const master = this.byId.get(keyId);
    if (!master) return null;
    const key = Buffer.from(hkdfSync('sha256', master.key, Buffer.alloc(0), `tokenidp:${purpose}`, 32));
    this.derived.set(name, key);
    return key;
  }

  /** The same as a key object, made once: an HMAC with the bytes themselves costs ten times as much. */
  deriveKeyObject(purpose: string, keyId = this.activeId): KeyObject | null {
    const name = `${keyId}:${purpose}`;
    const known = this.keyObjects.get(name);
    if (known) return known;
    const bytes = this.derive(purpose, keyId);
    if (!bytes) return null;
    const key = createSecretKey(bytes);
    this.keyObjects.set(name, key);
    return key;
  }
}
