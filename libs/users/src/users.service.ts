import { Injectable } from '@nestjs/common';
import { AuditService, type AuditEventName } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, isId, newId, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { auditOf, within, type Change, type Edit } from './change';
import { isTypedLogin, normaliseLogin } from './login-name';
import { PasswordHasher } from './passwords/password-hasher';
import { checkPassword, type PasswordRefusal } from './passwords/password-policy';
import { PasswordsRepository } from './passwords/passwords.repository';
import { AccessService } from './roles/access.service';
import { AdministrativeRights } from './roles/administrative-rights';
import { RolesService } from './roles/roles.service';
import type { User, UserStatus } from './user';
import { assertUserInput, columnsOf, merge, type UserInput, type UserPatch } from './user-input';
import { UserObservers } from './user-observers';
import { UsersError } from './users-error';
import { UsersRepository } from './users.repository';

/** A user with what they start with. */
export interface NewUser extends UserInput {
  password?: string;
  /** Another one has to be chosen at the first sign-in. */
  passwordChangeRequired?: boolean;
  /** Names of roles. */
  roles?: readonly string[];
}

/** What a person says who makes an account. */
export interface Registration extends Pick<UserInput, 'username' | 'email' | 'claims'> {
  password: string;
}

/** A password that somebody else gives to a user, who may have to choose another one at the next sign-in. */
export type GivenPassword = string | { password: string; temporary?: boolean };

@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordsRepository,
    private readonly hasher: PasswordHasher,
    private readonly roles: RolesService,
    private readonly access: AccessService,
    private readonly rights: AdministrativeRights,
    private readonly observers: UserObservers,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One read; null, too, for a text that is no id. */
  async findById(tenantId: string, id: string): Promise<User | null> {
    return isId(id) ? this.users.findById(tenantId, id) : null;
  }

  /** By user name or e-mail address, in whatever case it was typed. */
  async findByLogin(tenantId: string, identifier: string): Promise<User | null> {
    const login = normaliseLogin(identifier);
    return isTypedLogin(login) ? this.users.findByLogin(tenantId, login) : null;
  }

  /** @throws UsersError (invalid, conflict; not-found for a role), UnavailableError when too much is being hashed */
  create(tenant: Tenant, input: NewUser, change: Change = {}): Promise<User> {
    return this.add(tenant, newId(), input, change);
  }

  /** A person's own doing: no role, and nothing is verified. @throws UsersError, UnavailableError as `create` does */
  register(
    tenant: Tenant,
    { username, email, claims, password }: Registration,
    request: RequestContext,
  ): Promise<User> {
    const id = newId();
    return this.add(tenant, id, { username, email, claims, password }, { actor: { type: 'user', id }, request });
  }

  /** A merge patch. @throws UsersError (invalid, conflict, not-found, forbidden) */
  async update(tenant: Tenant, id: string, patch: UserPatch, change: Edit<User> = {}): Promise<User> {
    return within(this.database, change, async (tx) => {
      const before = await this.lock(tenant, id, { ...change, tx });
      const merged = merge(before, patch);
      assertUserInput(merged);
      await this.users.update(tenant.id, id, columnsOf(merged, this.clock.now()), tx);
      const detail = differences(before, merged, Object.keys(patch));
      await this.record(tenant, 'user.changed', { id, detail, change, tx });
      await this.access.userChanged(tenant.id, id, tx);
      return this.get(tenant, id, tx);
    });
  }

  /**
   * Gives the user a password, or another one; failures are forgotten and a disabled password is of use again. What was
   * begun with the one before ends: sessions, authorizations and all their tokens (S-076).
   * @throws UsersError (invalid with the refusal as detail, not-found, forbidden), UnavailableError
   */
  async setPassword(tenant: Tenant, id: string, given: GivenPassword, change: Change = {}): Promise<void> {
    const { password, temporary = false } = typeof given === 'string' ? { password: given } : given;
    const user = await this.get(tenant, id, change.tx);
    await this.rights.assertMayChange(tenant.id, { type: 'user', id }, change);
    const secret = await this.hashNew(tenant, user, password);
    await within(this.database, change, async (tx) => {
      const now = this.clock.now();
      await this.passwords.set(user, secret, now, tx);
      await this.users.setPasswordExpiry(tenant.id, id, { expiredAt: temporary ? now : null, now }, tx);
      await this.observers.passwordSet(tenant.id, id, tx);
      await this.record(tenant, 'password.changed', { id, detail: { temporary }, change, tx });
    });
  }

  /** Why a password may not become this user's, or null; for a page to say so before anything is written. */
  checkPassword(
    tenant: Tenant,
    user: Pick<User, 'username' | 'email' | 'claims'>,
    password: string,
  ): PasswordRefusal | null {
    return checkPassword(password, tenant, user);
  }

  /** Sessions and authorizations end, and with them the tokens; they do not come back when the user does. */
  disable(tenant: Tenant, id: string, change: Edit<User> = {}): Promise<User> {
    return this.setStatus(tenant, id, 'disabled', change);
  }

  enable(tenant: Tenant, id: string, change: Edit<User> = {}): Promise<User> {
    return this.setStatus(tenant, id, 'active', change);
  }

  /**
   * With all that is theirs; what they did stays in the audit trail.
   * @throws UsersError (not-found, forbidden; conflict for the last owner)
   */
  async delete(tenant: Tenant, id: string, change: Edit<User> = {}): Promise<void> {
    await within(this.database, change, async (tx) => {
      const before = await this.lock(tenant, id, { ...change, tx });
      await this.rights.assertOwnerRemains(tenant.id, { type: 'user', id }, tx);
      await this.observers.userDeleted(tenant.id, id, tx);
      await this.users.delete(tenant.id, id, tx);
      const { username, email } = before;
      await this.record(tenant, 'user.deleted', { id, detail: { before: { username, email } }, change, tx });
      await this.access.userChanged(tenant.id, id, tx);
    });
  }

  /** @throws UsersError (not-found) */
  async assignRole(tenant: Tenant, id: string, role: string, change: Change = {}): Promise<void> {
    await this.get(tenant, id, change.tx);
    await this.roles.assign(tenant, { type: 'user', id }, role, change);
  }

  async unassignRole(tenant: Tenant, id: string, role: string, change: Change = {}): Promise<void> {
    await this.roles.unassign(tenant, { type: 'user', id }, role, change);
  }

  private async add(tenant: Tenant, id: string, input: NewUser, change: Change): Promise<User> {
    const { password, passwordChangeRequired = false, roles = [], ...values } = input;
    assertUserInput(values);
    if (passwordChangeRequired && password === undefined) throw withoutPassword();
    const columns = columnsOf(values, this.clock.now());
    // Hashed before the transaction, so that no connection waits for it.
    const secret = password === undefined ? null : await this.hashNew(tenant, values, password);
    return within(this.database, change, async (tx) => {
      const inner = { ...change, tx };
      await this.users.insert(tenant.id, id, columns, tx);
      const now = columns.updatedAt;
      if (secret) await this.passwords.set({ tenantId: tenant.id, id }, secret, now, tx);
      if (passwordChangeRequired) await this.users.setPasswordExpiry(tenant.id, id, { expiredAt: now, now }, tx);
      await this.record(tenant, 'user.created', { id, detail: { username: columns.username, roles }, change, tx });
      for (const role of roles) await this.roles.assign(tenant, { type: 'user', id }, role, inner);
      return (await this.users.findById(tenant.id, id, tx))!;
    });
  }

  private async setStatus(tenant: Tenant, id: string, status: UserStatus, change: Edit<User>): Promise<User> {
    return within(this.database, change, async (tx) => {
      const before = await this.lock(tenant, id, { ...change, tx });
      if (before.status === status) return before;
      if (status === 'disabled') await this.rights.assertOwnerRemains(tenant.id, { type: 'user', id }, tx);
      await this.users.setStatus(tenant.id, id, { status, now: this.clock.now() }, tx);
      if (status === 'disabled') await this.observers.userDisabled(tenant.id, id, tx);
      const detail = { before: { status: before.status }, after: { status } };
      await this.record(tenant, 'user.changed', { id, detail, change, tx });
      await this.access.userChanged(tenant.id, id, tx);
      return this.get(tenant, id, tx);
    });
  }

  /** @throws UsersError (not-found) */
  async get(tenant: Tenant, id: string, tx?: Transaction): Promise<User> {
    return orThrow(isId(id) ? await this.users.findById(tenant.id, id, tx) : null);
  }

  /** The user, held, as whoever makes the change has seen them and may change them. */
  private async lock(tenant: Tenant, id: string, change: Edit<User> & { tx: Transaction }): Promise<User> {
    const user = orThrow(isId(id) ? await this.users.lockById(tenant.id, id, change.tx) : null);
    change.expect?.(user);
    await this.rights.assertMayChange(tenant.id, { type: 'user', id }, change);
    return user;
  }

  private hashNew(
    tenant: Tenant,
    person: Pick<UserInput, 'username' | 'email' | 'claims'>,
    password: string,
  ): Promise<string> {
    const refusal = checkPassword(password, tenant, { ...person, claims: person.claims ?? {} });
    if (refusal) {
      throw new UsersError('invalid', 'The password is refused.', [{ pointer: '/password', detail: refusal }]);
    }
    return this.hasher.hash(password);
  }

  private record(
    tenant: Tenant,
    event: AuditEventName,
    what: { id: string; detail?: Record<string, unknown>; change: Change; tx: Transaction },
  ): Promise<void> {
    const { id, detail, change, tx } = what;
    const target = { type: 'user', id };
    return this.audit.record(tenant.id, { event, result: 'success', ...auditOf(change), target, detail }, tx);
  }
}

function orThrow(user: User | null): User {
  if (!user) throw new UsersError('not-found', 'There is no such user.');
  return user;
}

function withoutPassword(): UsersError {
  const field = { pointer: '/passwordChangeRequired', detail: 'needs a password' };
  return new UsersError('invalid', 'There is no password to be changed.', [field]);
}

/** The members that were to change, as they were and as they are. */
function differences(before: UserInput, after: UserInput, members: readonly string[]): Record<string, unknown> {
  const pick = (user: object) => Object.fromEntries(Object.entries(user).filter(([name]) => members.includes(name)));
  return { before: pick(before), after: pick(after) };
}
