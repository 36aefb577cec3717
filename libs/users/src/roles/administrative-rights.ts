/**
 * @spec ASVS V8.2.1 — nobody gives away, takes or takes over more of the administration API than they hold (S-178), and
 * one owner always remains.
 */
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import type { Change } from '../change';
import { UsersError } from '../users-error';
import { AdministrativeRightsRepository } from './administrative-rights.repository';
import type { RoleHolder } from './roles.repository';

@Injectable()
export class AdministrativeRights {
  constructor(private readonly repository: AdministrativeRightsRepository) {}

  /** Keys of the administration API's permissions. */
  of(tenantId: string, holder: RoleHolder, tx?: Transaction): Promise<string[]> {
    return this.repository.ofHolder(tenantId, holder, tx);
  }

  /** For a role that is given, taken or changed. @throws UsersError (forbidden) */
  async assertMayGive(tenantId: string, roleId: string, change: Change & { tx: Transaction }): Promise<void> {
    if (!change.held) return;
    const missing = missingOf(change.held, await this.repository.ofRole(tenantId, roleId, change.tx));
    if (missing) throw new UsersError('forbidden', `You cannot give or take what you do not hold: ${missing}.`);
  }

  /** For whatever could be used to become somebody, or to lock them out. @throws UsersError (forbidden) */
  async assertMayChange(tenantId: string, holder: RoleHolder, change: Change & { tx?: Transaction }): Promise<void> {
    if (!change.held) return;
    const missing = missingOf(change.held, await this.repository.ofHolder(tenantId, holder, change.tx));
    if (missing) throw new UsersError('forbidden', `The ${holder.type} holds what you do not: ${missing}.`);
  }

  /**
   * Before a user or a client loses the role, is disabled or deleted. The last user of it stays, whatever machines have
   * it; the last machine, where no user has. One after the other: each sees what the one before has left.
   * @throws UsersError (conflict) for the last active owner
   */
  async assertOwnerRemains(tenantId: string, holder: RoleHolder, tx: Transaction): Promise<void> {
    const roleId = await this.repository.ownerRoleOf(tenantId, holder, tx);
    if (roleId === null) return;
    await this.repository.lockRole(tenantId, roleId, tx);
    const others = holder.type === 'user' ? 'countOthers' : 'countOthersOfAnyKind';
    if ((await this.repository[others](tenantId, holder.id, roleId, tx)) > 0) return;
    const who = holder.type === 'user' ? 'the last owner who can sign in' : 'the last owner';
    throw new UsersError('conflict', `This is ${who}: make somebody else an owner first.`);
  }
}

function missingOf(held: ReadonlySet<string>, wanted: readonly string[]): string | undefined {
  const missing = wanted.filter((permission) => !held.has(permission)).sort();
  return missing.length > 0 ? missing.join(', ') : undefined;
}
