import { Injectable } from '@nestjs/common';
import { CoherentCache, EVERY_KEY, Invalidations, type Transaction } from '@tokenidp/database';
import { AccessRepository, type AccessRow } from './access.repository';

/** What somebody may do at one resource, each list sorted. */
export interface Access {
  /** Names of all roles held. */
  readonly roles: readonly string[];
  /** Keys of the permissions at that resource. */
  readonly permissions: readonly string[];
}

interface Rights {
  readonly roles: readonly string[];
  readonly permissions: ReadonlyMap<string, readonly string[]>;
}

/** Published with `<tenantId>:<userId>` when a user's status or rights change. */
export const USER_TOPIC = 'user';
const CLIENT_TOPIC = 'client-role';
const MAX_ENTRIES = 10_000;
const NONE: readonly string[] = [];

/** Roles and permissions from memory; a change is seen by every instance within a second. */
@Injectable()
export class AccessService {
  private readonly users: CoherentCache<Rights>;
  private readonly clients: CoherentCache<Rights>;

  constructor(
    repository: AccessRepository,
    private readonly invalidations: Invalidations,
  ) {
    const cache = (topic: string, find: (tenantId: string, id: string) => Promise<AccessRow[]>) =>
      new CoherentCache(invalidations, {
        topic,
        max: MAX_ENTRIES,
        load: async (key) => {
          const [tenantId = '', id = ''] = key.split(':');
          return rightsOf(await find(tenantId, id));
        },
      });
    this.users = cache(USER_TOPIC, (tenantId, id) => repository.ofUser(tenantId, id));
    this.clients = cache(CLIENT_TOPIC, (tenantId, id) => repository.ofClient(tenantId, id));
  }

  /** Empty for a user who is not active. */
  async ofUser(tenantId: string, userId: string, resourceId: string): Promise<Access> {
    return accessAt(resourceId, await this.users.get(`${tenantId}:${userId}`));
  }

  /** @param clientRowId the client's row id, not its `client_id` */
  async ofClient(tenantId: string, clientRowId: string, resourceId: string): Promise<Access> {
    return accessAt(resourceId, await this.clients.get(`${tenantId}:${clientRowId}`));
  }

  userChanged(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    return this.invalidations.publish(USER_TOPIC, `${tenantId}:${userId}`, tx);
  }

  clientChanged(tenantId: string, clientRowId: string, tx: Transaction): Promise<void> {
    return this.invalidations.publish(CLIENT_TOPIC, `${tenantId}:${clientRowId}`, tx);
  }

  /** A role changed: who holds it is not asked, everybody's rights are read anew. */
  async roleChanged(tx: Transaction): Promise<void> {
    await this.invalidations.publish(USER_TOPIC, EVERY_KEY, tx);
    await this.invalidations.publish(CLIENT_TOPIC, EVERY_KEY, tx);
  }
}

function rightsOf(rows: readonly AccessRow[]): Rights {
  const permissions = new Map<string, Set<string>>();
  for (const { resourceId, permission } of rows) {
    if (resourceId === null || permission === null) continue;
    const keys = permissions.get(resourceId);
    if (keys) keys.add(permission);
    else permissions.set(resourceId, new Set([permission]));
  }
  return {
    roles: [...new Set(rows.map(({ role }) => role))].sort(),
    permissions: new Map([...permissions].map(([resourceId, keys]) => [resourceId, [...keys].sort()])),
  };
}

function accessAt(resourceId: string, rights: Rights | null): Access {
  return { roles: rights?.roles ?? NONE, permissions: rights?.permissions.get(resourceId) ?? NONE };
}
