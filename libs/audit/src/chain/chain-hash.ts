/**
 * @spec RFC 6819 §5.1.4.1, NIST SP 800-92 §5.1 — a trail that nobody can change unseen: each hash covers an event and the
 * hash before it, under a key that is not in the database.
 */
import type { KeyedHash } from '@tokenidp/kernel';

const LINK = 'audit-chain';
const STATE = 'audit-chain-state';

/** What stands before the first event. */
export const GENESIS = 'genesis';

/** An event as it is stored; whatever of it changes changes its hash. */
export interface ChainedEvent {
  readonly tenantId: string;
  readonly id: string;
  readonly occurredAt: Date;
  readonly event: string;
  readonly result: string;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly actorTenantId: string | null;
  readonly targetType: string | null;
  readonly targetId: string | null;
  readonly clientId: string | null;
  readonly sessionId: string | null;
  readonly occurrences: number;
  readonly detail: Record<string, unknown> | null;
  readonly requestId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface ChainState {
  readonly tenantId: string;
  readonly anchorSequence: number;
  readonly anchorHash: string;
  readonly headSequence: number;
  readonly headHash: string;
}

/** Before any event was sealed. */
export function newChain(tenantId: string): ChainState {
  return { tenantId, anchorSequence: 0, anchorHash: GENESIS, headSequence: 0, headHash: GENESIS };
}

export class ChainHash {
  constructor(private readonly keyed: KeyedHash) {}

  link(previousHash: string, sequence: number, event: ChainedEvent): string {
    return this.keyed.hash(LINK, linkText(previousHash, sequence, event));
  }

  isLink(hash: string, previousHash: string, sequence: number, event: ChainedEvent): boolean {
    return this.keyed.verify(LINK, linkText(previousHash, sequence, event), hash);
  }

  state(state: ChainState): string {
    return this.keyed.hash(STATE, stateText(state));
  }

  isState(hash: string, state: ChainState): boolean {
    return this.keyed.verify(STATE, stateText(state), hash);
  }
}

function linkText(previousHash: string, sequence: number, e: ChainedEvent): string {
  return JSON.stringify([
    previousHash,
    sequence,
    e.tenantId,
    e.id,
    e.occurredAt.toISOString(),
    e.event,
    e.result,
    [e.actorType, e.actorId, e.actorTenantId],
    [e.targetType, e.targetId],
    [e.clientId, e.sessionId, e.requestId, e.ip, e.userAgent],
    e.occurrences,
    sorted(e.detail),
  ]);
}

function stateText({ tenantId, anchorSequence, anchorHash, headSequence, headHash }: ChainState): string {
  return JSON.stringify([tenantId, anchorSequence, anchorHash, headSequence, headHash]);
}

/** PostgreSQL orders the members of an object as it likes, SQL Server leaves them as they came. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return members.map(([name, member]) => [name, sorted(member)]);
}
