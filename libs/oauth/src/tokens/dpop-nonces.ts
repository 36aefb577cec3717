import { Injectable } from '@nestjs/common';
import { Clock, KeyedHash } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';

/** How long one nonce is handed out; it is good for as long again, so that no client is late with it. */
const WINDOW_SECONDS = 120;
const PURPOSE = 'dpop-nonce';

/**
 * @spec RFC 9449 §8, §11.2 — nonces that nobody can foresee and nobody has to store: a keyed hash of the tenant and of
 * the time, so that every instance hands out the same and knows it again.
 */
@Injectable()
export class DpopNonces {
  /** A proof with a nonce may be good for this long, counted from any moment at which it is. */
  readonly lifetimeSeconds = 3 * WINDOW_SECONDS;

  constructor(
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /** The one to hand out now. */
  current(tenant: Tenant): string {
    return this.keyedHash.hash(PURPOSE, valueOf(tenant, this.window()));
  }

  /** Of this window, of the one before, or of the one that has begun at an instance whose clock is ahead. */
  isGood(tenant: Tenant, nonce: string): boolean {
    const now = this.window();
    return [now, now - 1, now + 1].some((window) => this.keyedHash.verify(PURPOSE, valueOf(tenant, window), nonce));
  }

  private window(): number {
    return Math.floor(this.clock.nowSeconds() / WINDOW_SECONDS);
  }
}

function valueOf({ id }: Tenant, window: number): string {
  return `${id}\n${window}`;
}
