/**
 * @spec RFC 9106 §4, RFC 6819 §5.1.4.1.3 — argon2id over a keyed digest of the password; the key (pepper) is not in the
 * database, so that a copy of it cannot be searched for passwords (S-135).
 */
import { Injectable } from '@nestjs/common';
import { hash, verify, type Options } from '@node-rs/argon2';
import { MasterKeys } from '@tokenidp/kernel';
import { createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { HashQueue } from './hash-queue';

const PURPOSE = 'password';
const WAITING_PER_CORE = 4;
/** argon2id is the library's default; 16 random bytes of salt are, too. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } satisfies Options;
const PREFIX = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Hashes of the form `<pepper key id>$argon2id$v=19$m=…,t=…,p=…$salt$tag`. The work runs on libuv's threads. */
@Injectable()
export class PasswordHasher {
  private readonly queue: HashQueue;
  private dummy: Promise<string> | undefined;

  constructor(private readonly keys: MasterKeys) {
    const cores = availableParallelism();
    this.queue = new HashQueue(cores, cores * WAITING_PER_CORE);
  }

  /** @throws UnavailableError when too much is waiting */
  async hash(password: string): Promise<string> {
    const keyId = this.keys.activeId;
    const peppered = pepper(this.keys.derive(PURPOSE), password);
    return keyId + (await this.queue.run(() => hash(peppered, PARAMETERS)));
  }

  /**
   * Whether the password is the one that was hashed. Costs the same when there is nothing to compare with (`stored` is
   * null) or its pepper key is gone: the answer is then false.
   * @throws UnavailableError when too much is waiting
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const keyId = stored?.slice(0, stored.indexOf('$')) ?? '';
    const key = this.keys.derive(PURPOSE, keyId);
    const isComparable = stored !== null && key !== null;
    const phc = isComparable ? stored.slice(keyId.length) : await this.dummyHash();
    const peppered = pepper(key ?? this.keys.derive(PURPOSE), password);
    const isEqual = await this.queue.run(() => compare(phc, peppered));
    return isComparable && isEqual;
  }

  /** True when the stored hash was not made as one would be made now. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(this.keys.activeId + PREFIX);
  }

  /** Makes the hash that unknown users are compared with, so that not even the first of them takes longer. */
  async warmUp(): Promise<void> {
    await this.dummyHash();
  }

  private dummyHash(): Promise<string> {
    this.dummy ??= hash(randomBytes(32).toString('base64url'), PARAMETERS);
    return this.dummy;
  }
}

/** NFC first: the same text typed on another keyboard is the same password (S-130). */
function pepper(key: Buffer, password: string): string {
  // Text, because the library refuses bytes that are no UTF-8 when it verifies.
  return createHmac('sha256', key).update(password.normalize('NFC')).digest('base64url');
}

/** False, too, for a text that is no hash. */
async function compare(phc: string, peppered: string): Promise<boolean> {
  try {
    return await verify(phc, peppered);
  } catch {
    return false;
  }
}
