import { Injectable, type StreamableFile } from '@nestjs/common';
import { type AdminCall, type AdminChange, exportFile, instantOf, readPage } from '@tokenidp/admin-api';
import { AuditService } from '@tokenidp/audit';
import { containing, Database } from '@tokenidp/database';
import { KeyedHash } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { assertHas, changeOf } from './admin-change';
import type { Edit } from './change';
import type { ExportUsersDto, ListUsersDto, UserPageDto } from './dto/list-users.dto';
import type { CreateUserDto, PatchUserDto, UserDto } from './dto/user.dto';
import { RolesRepository } from './roles/roles.repository';
import type { User } from './user';
import type { UserPatch } from './user-input';
import { USERS, WHOLE_USERS } from './users.list';
import { type NewUser, UsersService } from './users.service';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const TRIGRAM = 3;
const COLUMNS: readonly (keyof UserDto)[] = [
  'id',
  'username',
  'email',
  'emailVerified',
  'phoneNumber',
  'phoneNumberVerified',
  'status',
  'locale',
  'passwordChangeRequired',
  'lastSignInAt',
  'createdAt',
  'updatedAt',
  'claims',
  'attributes',
];

type Filters = Omit<ListUsersDto, 'limit' | 'cursor' | 'sort'>;

/** Users as the administration sees them. */
@Injectable()
export class UsersAdmin {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly roles: RolesRepository,
    private readonly audit: AuditService,
    private readonly keyedHash: KeyedHash,
  ) {}

  async list(tenant: Tenant, { limit, cursor, sort, ...filters }: ListUsersDto): Promise<UserPageDto> {
    const source = { list: USERS, database: this.database, tenantId: tenant.id };
    return readPage(source, { limit, cursor, sort, filters: await this.filtersOf(tenant, filters) }, listed);
  }

  async export(tenant: Tenant, query: ExportUsersDto, call: AdminCall): Promise<StreamableFile> {
    const { format = 'ndjson', sort = 'username', ...asked } = query;
    const filters = await this.filtersOf(tenant, asked);
    const { actor, request } = call.change();
    const event = { event: 'export.taken', result: 'success', actor, request } as const;
    await this.audit.record(tenant.id, { ...event, target: { type: 'user', id: '*' }, detail: { format, ...asked } });
    const source = { list: WHOLE_USERS, database: this.database, tenantId: tenant.id };
    return exportFile('users', format, { ...source, sort, filters, view: listed, columns: COLUMNS });
  }

  async get(tenant: Tenant, id: string): Promise<UserDto> {
    return userView(await this.users.get(tenant, id));
  }

  /** What a repeated create is compared by: of a password nothing that could be guessed at. */
  comparable({ password, ...input }: CreateUserDto): object {
    return password === undefined ? input : { ...input, password: this.keyedHash.hash('repeated-create', password) };
  }

  async create(tenant: Tenant, input: CreateUserDto, call: AdminCall, change: AdminChange): Promise<UserDto> {
    if (input.password !== undefined) assertHas(call, 'users.credentials');
    if (input.roles?.length) assertHas(call, 'roles.write');
    return userView(await this.users.create(tenant, input as NewUser, changeOf(call, change)));
  }

  async update(tenant: Tenant, id: string, patch: PatchUserDto, edit: Edit<User>): Promise<UserDto> {
    return userView(await this.users.update(tenant, id, patch as UserPatch, edit));
  }

  delete(tenant: Tenant, id: string, edit: Edit<User>): Promise<void> {
    return this.users.delete(tenant, id, edit);
  }

  async setStatus(tenant: Tenant, id: string, action: 'enable' | 'disable', call: AdminCall): Promise<UserDto> {
    return userView(await this.users[action](tenant, id, changeOf(call)));
  }

  private async filtersOf(tenant: Tenant, filters: Filters): Promise<Record<string, unknown>> {
    const { search, status, emailVerified, locale, role } = filters;
    return {
      ...{ status, emailVerified, locale },
      search: search === undefined ? undefined : patternOf(search),
      roleId: role === undefined ? undefined : ((await this.roles.findRoleId(tenant.id, role)) ?? NOBODY),
      createdFrom: instantOf(filters.createdFrom),
      createdTo: instantOf(filters.createdTo),
      lastSignInFrom: instantOf(filters.lastSignInFrom),
      lastSignInTo: instantOf(filters.lastSignInTo),
    };
  }
}

/** No index knows a text without a trigram, but the beginnings of words. */
function patternOf(search: string): string {
  return containing([...search].length < TRIGRAM ? ` ${search.trim()}` : search);
}

function listed<Row extends { passwordExpiredAt: Date | null }>({ passwordExpiredAt, ...row }: Row) {
  return { ...row, passwordChangeRequired: passwordExpiredAt !== null };
}

export function userView(user: User): UserDto {
  const { tenantId: _tenantId, passwordExpiredAt, ...rest } = user;
  const { email = null, phoneNumber = null, locale = null, lastSignInAt = null } = user;
  return { ...rest, email, phoneNumber, locale, lastSignInAt, passwordChangeRequired: passwordExpiredAt !== undefined };
}
