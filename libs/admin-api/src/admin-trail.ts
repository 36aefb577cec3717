import type { Transaction } from '@tokenidp/database';
import type { RequestContext } from '@tokenidp/kernel';

/** What the libs below the audit trail tell it. */
export type AdminTrailEvent =
  | 'job.started'
  | 'setting.changed'
  | 'setting.created'
  | 'setting.deleted'
  | 'tenant.changed'
  | 'tenant.created'
  | 'tenant.deleted';

export interface AdminTrailEntry {
  readonly event: AdminTrailEvent;
  readonly actor: {
    readonly type: 'user' | 'client' | 'operator' | 'system';
    readonly id?: string;
    readonly tenantId?: string;
  };
  readonly target: { readonly type: string; readonly id: string };
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly request?: RequestContext;
}

/** The audit trail, for the libs that it stands above. libs/audit fills it. */
export abstract class AdminTrail {
  abstract record(tenantId: string, entry: AdminTrailEntry, tx?: Transaction): Promise<void>;
}

/** What a change has changed, member by member: `before` and `after` of an audit event. */
export function changesOf(before: object, after: object): { before: object; after: object } {
  const [was, is] = [before, after] as Record<string, unknown>[];
  const changes: { before: Record<string, unknown>; after: Record<string, unknown> } = { before: {}, after: {} };
  for (const name of new Set([...Object.keys(was!), ...Object.keys(is!)])) {
    const [old, now] = [was![name], is![name]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    const parts = isMembers(old) && isMembers(now) ? changesOf(old, now) : { before: old, after: now };
    changes.before[name] = parts.before ?? null;
    changes.after[name] = parts.after ?? null;
  }
  return changes;
}

function isMembers(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
