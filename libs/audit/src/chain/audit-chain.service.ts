import { Injectable } from '@nestjs/common';
import { KeyedHash, MasterKeys } from '@tokenidp/kernel';
import { ChainHash, newChain } from './chain-hash';
import { type ChainLink, ChainRepository } from './chain.repository';
import type { StoredChain } from './sealing.repository';

const BATCH = 1000;
const BEGINNING = new Date(0);
const END = new Date('9999-12-31T23:59:59.000Z');
/** An event is sealed within seconds; what says that it happened long before may have been put there. */
const LATE_MILLISECONDS = 3600 * 1000;

/**
 * - `changed`: the event, or its seal, is not what it was
 * - `event-removed`, `seal-removed`: one of the two is gone; both at the end of the chain show as `seal-removed`
 * - `event-inserted`: nobody of us recorded it
 * - `state-changed`: where the chain begins or ends was changed
 */
export type ChainFault = 'changed' | 'event-removed' | 'seal-removed' | 'event-inserted' | 'state-changed';

export interface ChainVerdict {
  readonly isIntact: boolean;
  /** how many events were looked at */
  readonly verified: number;
  /** sequence numbers of the first and the last of them; 0 where there is none */
  readonly from: number;
  readonly to: number;
  /** the end of the chain: noted elsewhere, it shows later that nothing was cut off */
  readonly head: { readonly sequence: number; readonly hash: string };
  /** how many events are gone by retention */
  readonly removed: number;
  /** events that were sealed more than an hour after they say that they happened */
  readonly late: number;
  /** the first place that is broken */
  readonly fault: { readonly kind: ChainFault; readonly sequence: number; readonly eventId: string | null } | null;
}

/** Which part of a chain; all of it when nothing is said. */
export interface ChainRange {
  /** only so many events before the end */
  readonly last?: number;
  readonly signal?: AbortSignal;
}

/** A walk along a chain. */
interface Walk {
  sequence: number;
  hash: string;
  verified: number;
  late: number;
  /** up to where no stranger was found */
  seenUpTo: Date;
  fault: ChainVerdict['fault'];
}

/** Tells whether the trail of a tenant is what was recorded. */
@Injectable()
export class AuditChain {
  private readonly hash: ChainHash;

  constructor(
    private readonly repository: ChainRepository,
    keys: MasterKeys,
  ) {
    this.hash = new ChainHash(new KeyedHash(keys));
  }

  /** Reads the chain in pieces, from its beginning to its end as it is now, until a place is broken. */
  async verify(tenantId: string, range: ChainRange = {}): Promise<ChainVerdict> {
    for (;;) {
      const { verdict, anchor } = await this.verifyOnce(tenantId, range);
      if (!verdict.fault || range.signal?.aborted) return verdict;
      // Retention may have taken that place meanwhile, and has moved the beginning with it: begun anew from there.
      const now = await this.repository.find(tenantId);
      if (!now || now.anchorSequence <= anchor || verdict.fault.sequence > now.anchorSequence) return verdict;
    }
  }

  private async verifyOnce(tenantId: string, { last, signal }: ChainRange) {
    const stored = await this.repository.find(tenantId);
    const chain: StoredChain = stored ?? { ...newChain(tenantId), stateHash: '' };
    const start = Math.max(chain.anchorSequence, chain.headSequence - (last ?? chain.headSequence));
    const walk = await this.begin(chain, start);
    if (stored && !this.hash.isState(stored.stateHash, stored)) {
      walk.fault ??= { kind: 'state-changed', sequence: chain.headSequence, eventId: null };
    }
    await this.walk(chain, walk, signal);
    return { verdict: verdictOf(chain, walk, start), anchor: chain.anchorSequence };
  }

  private async walk(chain: StoredChain, walk: Walk, signal: AbortSignal | undefined): Promise<void> {
    while (!walk.fault && walk.sequence < chain.headSequence) {
      if (signal?.aborted) return;
      await this.step(chain, walk);
    }
    if (!walk.fault) await this.end(chain, walk);
  }

  private async begin(chain: StoredChain, start: number): Promise<Walk> {
    const isFromAnchor = start === chain.anchorSequence;
    const hash = isFromAnchor ? chain.anchorHash : await this.repository.hashAt(chain.tenantId, start);
    const walk = { sequence: start, verified: 0, late: 0, seenUpTo: BEGINNING, fault: null };
    if (hash !== null) return { ...walk, hash };
    return { ...walk, hash: '', fault: { kind: 'seal-removed', sequence: start, eventId: null } };
  }

  private async step(chain: StoredChain, walk: Walk): Promise<void> {
    const { tenantId } = chain;
    const take = Math.min(BATCH, chain.headSequence - walk.sequence);
    const links = await this.repository.links(tenantId, walk.sequence, take);
    const isFirst = walk.verified === 0;
    for (const link of links) {
      walk.fault = this.faultOf(walk, link);
      if (walk.fault) return;
      walk.sequence = link.sequence;
      walk.hash = link.hash;
      walk.verified++;
    }
    if (links.length < take) {
      walk.fault = { kind: 'seal-removed', sequence: walk.sequence + 1, eventId: null };
      return;
    }
    await this.lookForStrangers(chain, walk, { links, isFirst });
  }

  private faultOf(walk: Walk, link: ChainLink): ChainVerdict['fault'] {
    const { sequence, eventId, event, hash, sealedAt } = link;
    const expected = walk.sequence + 1;
    if (sequence !== expected) return { kind: 'seal-removed', sequence: expected, eventId: null };
    if (!event) return { kind: 'event-removed', sequence, eventId };
    if (!this.hash.isLink(hash, walk.hash, sequence, event)) return { kind: 'changed', sequence, eventId };
    if (sealedAt.getTime() - event.occurredAt.getTime() > LATE_MILLISECONDS) walk.late++;
    return null;
  }

  /** Among the events of the time that the links are about; of a part of a chain, from where it begins. */
  private async lookForStrangers(
    { tenantId, anchorSequence }: StoredChain,
    walk: Walk,
    { links, isFirst }: { links: readonly ChainLink[]; isFirst: boolean },
  ): Promise<void> {
    const instants = links.map(({ event }) => event!.occurredAt.getTime());
    const isWhole = links[0]?.sequence === anchorSequence + 1;
    const from = isFirst && !isWhole ? new Date(Math.min(...instants)) : walk.seenUpTo;
    const to = new Date(Math.max(from.getTime(), ...instants));
    walk.seenUpTo = to;
    await this.findStranger(tenantId, walk, [from, to]);
  }

  /** What comes after the last link: nothing but what is too new to be sealed. */
  private async end({ tenantId, headHash }: StoredChain, walk: Walk): Promise<void> {
    if (walk.hash !== headHash) {
      walk.fault = { kind: 'state-changed', sequence: walk.sequence, eventId: null };
      return;
    }
    await this.findStranger(tenantId, walk, [walk.seenUpTo, END]);
  }

  private async findStranger(tenantId: string, walk: Walk, [from, to]: readonly [Date, Date]): Promise<void> {
    const eventId = await this.repository.stranger(tenantId, from, to);
    if (eventId !== null) walk.fault = { kind: 'event-inserted', sequence: walk.sequence, eventId };
  }
}

function verdictOf(chain: StoredChain, { sequence, verified, late, fault }: Walk, start: number): ChainVerdict {
  return {
    isIntact: fault === null,
    verified,
    from: verified > 0 ? start + 1 : 0,
    to: verified > 0 ? sequence : 0,
    head: { sequence: chain.headSequence, hash: chain.headHash },
    removed: chain.anchorSequence,
    late,
    fault,
  };
}
