import { Injectable } from '@nestjs/common';
import { Clock, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { DpopNonces } from './dpop-nonces';
import { type DpopExpectation, type DpopProof, DpopProofError, verifyDpopProof } from './dpop-proof';
import { ReplaysRepository } from './replays.repository';

/** A proof as it was sent, and the request that it came with. */
export interface PresentedProof extends Pick<DpopExpectation, 'method' | 'accessToken'> {
  /** value of the header */
  readonly text: string;
  /** of the endpoint, below the issuer */
  readonly path: string;
}

// A minute longer than a proof without a nonce can be good.
const REPLAY_SECONDS = 120;

/**
 * @spec RFC 9449 §4.3, §8, §11.1 — proofs as a tenant wants them, each good once at all instances together: a row per
 * proof that stays until its proof is over, however many come after it (S-116).
 */
@Injectable()
export class DpopProofs {
  constructor(
    private readonly replays: ReplaysRepository,
    private readonly nonces: DpopNonces,
    private readonly clock: Clock,
  ) {}

  /** Throws `DpopProofError`. Reads and writes nothing. */
  verify(tenant: Tenant, { text, path, method, accessToken }: PresentedProof): Promise<DpopProof> {
    const isNonce = this.needsNonce(tenant) ? (nonce: string) => this.nonces.isGood(tenant, nonce) : undefined;
    const bases = tenant.mtlsBase === undefined ? [tenant.issuer] : [tenant.issuer, tenant.mtlsBase];
    const urls = bases.map((base) => base + path);
    return verifyDpopProof(text, { method, urls, accessToken, isNonce, nowSeconds: this.clock.nowSeconds() });
  }

  /** One write. Throws `DpopProofError` when the proof was used before. Call it last: what is refused later is spent, too. */
  async spend(tenant: Tenant, { jkt, jti }: DpopProof): Promise<void> {
    const keptSeconds = this.needsNonce(tenant) ? this.nonces.lifetimeSeconds : REPLAY_SECONDS;
    const expiresAt = new Date((this.clock.nowSeconds() + keptSeconds) * 1000);
    const isFirst = await this.replays.spend(tenant.id, sha256(`dpop\n${jkt}\n${jti}`), expiresAt);
    if (!isFirst) throw new DpopProofError('invalid_dpop_proof', 'DPoP proof: it was used before');
  }

  /** For the client's next proof; undefined in a tenant that wants none. */
  nextNonce(tenant: Tenant): string | undefined {
    return this.needsNonce(tenant) ? this.nonces.current(tenant) : undefined;
  }

  private needsNonce({ settings }: Tenant): boolean {
    return settings.dpop.requireNonce;
  }
}
