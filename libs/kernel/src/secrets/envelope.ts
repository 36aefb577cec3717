import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { MasterKeys } from './master-keys';

const PURPOSE = 'envelope';
const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Envelope encryption: one random data key per object (AES-256-GCM), itself sealed under a master key.
 * Form `v1.keyId.sealedDataKey.iv.ciphertext.tag`. What the object is (tenant, type, id …) is authenticated too,
 * so that a row copied to another place does not open.
 */
export class Envelope {
  constructor(private readonly keys: MasterKeys) {}

  /** What everything begins with that is sealed under the active master key. */
  get prefix(): string {
    return `${VERSION}.${this.keys.activeId}.`;
  }

  seal(object: readonly string[], plaintext: Buffer): string {
    const dataKey = randomBytes(32);
    const box = encrypt(dataKey, plaintext, associatedData(object));
    return [VERSION, this.keys.activeId, this.sealDataKey(object, dataKey), ...box].join('.');
  }

  /** Throws when anything was changed, moved to another object, or sealed under a key that is not there. */
  open(object: readonly string[], sealed: string): Buffer {
    const { keyId, sealedKey, box } = parse(sealed);
    return decrypt(this.openDataKey(object, keyId, sealedKey), box, associatedData(object));
  }

  /** Seals the data key under the active master key and leaves the rest as it is. */
  rewrap(object: readonly string[], sealed: string): string {
    const { keyId, sealedKey, box } = parse(sealed);
    const dataKey = this.openDataKey(object, keyId, sealedKey);
    return [VERSION, this.keys.activeId, this.sealDataKey(object, dataKey), ...box].join('.');
  }

  private sealDataKey(object: readonly string[], dataKey: Buffer): string {
    const keyId = this.keys.activeId;
    return encrypt(this.keys.derive(PURPOSE), dataKey, associatedData([...object, keyId])).join('~');
  }

  private openDataKey(object: readonly string[], keyId: string, sealedKey: string): Buffer {
    const master = this.keys.derive(PURPOSE, keyId);
    if (!master) throw new Error(`master key ${keyId} is not configured`);
    return decrypt(master, sealedKey.split('~'), associatedData([...object, keyId]));
  }
}

function parse(sealed: string): { keyId: string; sealedKey: string; box: string[] } {
  const [version, keyId, sealedKey, ...box] = sealed.split('.');
  if (version !== VERSION || !keyId || !sealedKey || box.length !== 3) throw new Error('not a sealed object');
  return { keyId, sealedKey, box };
}

/** Each part is prefixed with its length, so that no two lists of parts read the same. */
function associatedData(parts: readonly string[]): Buffer {
  return Buffer.from([VERSION, ...parts].map((part) => `${part.length}:${part}`).join(''));
}

function encrypt(key: Buffer, plaintext: Buffer, aad: Buffer): [iv: string, ciphertext: string, tag: string] {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return [iv.toString('base64url'), ciphertext.toString('base64url'), cipher.getAuthTag().toString('base64url')];
}

function decrypt(key: Buffer, box: readonly string[], aad: Buffer): Buffer {
  const [iv, ciphertext, tag] = box.map((part) => Buffer.from(part, 'base64url'));
  if (!iv || !ciphertext || tag?.length !== TAG_BYTES) throw new Error('not a sealed object');
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad).setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
