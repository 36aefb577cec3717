import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation, statement, TenantRepository, type Transaction } from '@tokenidp/database';
import { normaliseLogin } from './login-name';
import type { User, UserStatus } from './user';
import { UserEntity } from './user.entity';
import { USER_JSON_COLUMNS, userColumns, userFromRow, type UserRow } from './user-row';
import { UsersError } from './users-error';

const FIND_BY_ID = statement({
  name: 'users.user.find-by-id',
  parameters: { tenantId: 'id', id: 'id' },
  json: USER_JSON_COLUMNS,
  sql: `SELECT ${userColumns('u')} FROM "user" u WHERE u."tenantId" = :tenantId AND u."id" = :id`,
});

const LOCK_BY_ID = statement({
  name: 'users.user.lock',
  parameters: { tenantId: 'id', id: 'id' },
  json: USER_JSON_COLUMNS,
  postgres: `SELECT ${userColumns('u')} FROM "user" u WHERE u."tenantId" = :tenantId AND u."id" = :id FOR UPDATE`,
  mssql: `SELECT ${userColumns('u')} FROM "user" u WITH (UPDLOCK, ROWLOCK)
          WHERE u."tenantId" = :tenantId AND u."id" = :id`,
});

const FIND_BY_USERNAME = statement({
  name: 'users.user.find-by-username',
  parameters: { tenantId: 'id', login: 'identifier' },
  json: USER_JSON_COLUMNS,
  sql: `SELECT ${userColumns('u')} FROM "user" u WHERE u."tenantId" = :tenantId AND u."usernameNormal" = :login`,
});

const FIND_BY_EMAIL = statement({
  name: 'users.user.find-by-email',
  parameters: { tenantId: 'id', login: 'identifier' },
  json: USER_JSON_COLUMNS,
  sql: `SELECT ${userColumns('u')} FROM "user" u WHERE u."tenantId" = :tenantId AND u."emailNormal" = :login`,
});

/** The columns an administrator or the user may change. */
export type UserColumns = Pick<
  UserEntity,
  | 'username'
  | 'email'
  | 'emailVerified'
  | 'phoneNumber'
  | 'phoneNumberVerified'
  | 'status'
  | 'locale'
  | 'claims'
  | 'attributes'
  | 'updatedAt'
>;

const NEW_USER = { passwordExpiredAt: null, lastSignInAt: null };

@Injectable()
export class UsersRepository {
  private readonly users: TenantRepository<UserEntity>;

  constructor(private readonly database: Database) {
    this.users = new TenantRepository(database, UserEntity);
  }

  async findById(tenantId: string, id: string, tx?: Transaction): Promise<User | null> {
    const [row] = await this.database.rows<UserRow>(FIND_BY_ID, { tenantId, id }, tx);
    return row ? userFromRow(row) : null;
  }

  /** For a change that depends on what is there: nobody else changes the user until the transaction ends. */
  async lockById(tenantId: string, id: string, tx: Transaction): Promise<User | null> {
    const [row] = await this.database.rows<UserRow>(LOCK_BY_ID, { tenantId, id }, tx);
    return row ? userFromRow(row) : null;
  }

  /** @param login normalised; a user name with an `@` is its owner's e-mail address, so one index decides */
  async findByLogin(tenantId: string, login: string): Promise<User | null> {
    const find = login.includes('@') ? FIND_BY_EMAIL : FIND_BY_USERNAME;
    const [row] = await this.database.rows<UserRow>(find, { tenantId, login });
    return row ? userFromRow(row) : null;
  }

  /** @throws UsersError (conflict) */
  async insert(tenantId: string, id: string, columns: UserColumns, tx: Transaction): Promise<void> {
    const row = { ...columns, ...normalised(columns), id, ...NEW_USER, createdAt: columns.updatedAt };
    await this.users.insert(tenantId, row, tx).catch(rethrowConflict);
  }

  /** @throws UsersError (conflict) */
  async update(tenantId: string, id: string, columns: UserColumns, tx: Transaction): Promise<void> {
    await this.users.update(tenantId, { id }, { ...columns, ...normalised(columns) }, tx).catch(rethrowConflict);
  }

  async delete(tenantId: string, id: string, tx: Transaction): Promise<void> {
    await this.users.delete(tenantId, { id }, tx);
  }

  async setStatus(
    tenantId: string,
    id: string,
    { status, now }: { status: UserStatus; now: Date },
    tx: Transaction,
  ): Promise<void> {
    await this.users.update(tenantId, { id }, { status, updatedAt: now }, tx);
  }

  /** @param expiredAt null when the password is as good as any */
  async setPasswordExpiry(
    tenantId: string,
    id: string,
    { expiredAt, now }: { expiredAt: Date | null; now: Date },
    tx: Transaction,
  ): Promise<void> {
    await this.users.update(tenantId, { id }, { passwordExpiredAt: expiredAt, updatedAt: now }, tx);
  }
}

function normalised({ username, email }: UserColumns): Pick<UserEntity, 'usernameNormal' | 'emailNormal'> {
  return { usernameNormal: normaliseLogin(username), emailNormal: email === null ? null : normaliseLogin(email) };
}

/** Both engines name the index in their message. */
function rethrowConflict(error: unknown): never {
  if (!isUniqueViolation(error)) throw error;
  const member = String((error as Error).message).includes('user_email') ? 'email' : 'username';
  const field = { pointer: `/${member}`, detail: 'is taken' };
  throw new UsersError('conflict', `The ${member} is taken.`, [field]);
}
