/** @spec RFC 6819 §5.1.4.1.3 — a private key is stored sealed, bound to its tenant, row and kid (S-186). */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sealedColumn } from '@tokenidp/database';
import { Envelope } from '@tokenidp/kernel';

/** What a sealed key belongs to; it opens in no other place. */
export interface KeyPlace {
  tenantId: string;
  id: string;
  kid: string;
}

export interface WrappedKey {
  wrappedPrivateKey: string;
  masterKeyId: string;
}

export const PRIVATE_KEYS = sealedColumn({
  ...{ name: 'keys.signing-key', table: 'signing_key', column: 'wrappedPrivateKey' },
  ...{ members: ['kid'], keyIdColumn: 'masterKeyId' },
  objectOf: ({ tenantId, id, kid }) => objectOf({ tenantId, id, kid: kid! }),
});

@Injectable()
export class KeyWrapping {
  constructor(private readonly envelope: Envelope) {}

  wrap(place: KeyPlace, privateKey: KeyObject): WrappedKey {
    const bytes = privateKey.export({ format: 'der', type: 'pkcs8' });
    const sealed = this.envelope.seal(objectOf(place), bytes);
    bytes.fill(0);
    return described(sealed);
  }

  /** Throws when the key was changed or moved, or its master key is not configured. */
  unwrap(place: KeyPlace, wrappedPrivateKey: string): KeyObject {
    const bytes = this.envelope.open(objectOf(place), wrappedPrivateKey);
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    bytes.fill(0);
    return key;
  }

  /** The same key under the active master key. */
  rewrap(place: KeyPlace, wrappedPrivateKey: string): WrappedKey {
    return described(this.envelope.rewrap(objectOf(place), wrappedPrivateKey));
  }
}

function objectOf({ tenantId, id, kid }: KeyPlace): readonly string[] {
  return [tenantId, 'signing_key', id, kid];
}

/** `v1.<master key id>.…` */
function described(sealed: string): WrappedKey {
  return { wrappedPrivateKey: sealed, masterKeyId: sealed.split('.', 2)[1]! };
}
