import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { changeOf } from '../admin-change';
import type { ListPermissionsDto, PermissionPageDto } from '../dto/permission.dto';
import type {
  CreateRoleDto,
  HeldRolePageDto,
  ListHeldRolesDto,
  ListRoleMembersDto,
  ListRolesDto,
  PatchRoleDto,
  PermissionsAtResourceDto,
  RoleDto,
  RoleMemberPageDto,
  RolePageDto,
} from '../dto/role.dto';
import { UsersError } from '../users-error';
import { RoleDetailsRepository } from './role-details.repository';
import { HELD_ROLES, PERMISSIONS, ROLE_MEMBERS, ROLES } from './roles.list';
import type { RoleHolder } from './roles.repository';
import { type DescribedRole, type RoleInput, RolesService } from './roles.service';

/** Roles, permissions and who holds them, as the administration sees them. */
@Injectable()
export class RolesAdmin {
  constructor(
    private readonly database: Database,
    private readonly roles: RolesService,
    private readonly details: RoleDetailsRepository,
  ) {}

  list(tenant: Tenant, { search, builtIn, ...page }: ListRolesDto): Promise<RolePageDto> {
    const filters = { builtIn, search: search && containing(search) };
    return readPage({ list: ROLES, ...this.at(tenant) }, { ...page, filters }, asItIs);
  }

  permissions(tenant: Tenant, query: ListPermissionsDto): Promise<PermissionPageDto> {
    const { limit, cursor, sort, search, ...rest } = query;
    const filters = { ...rest, search: search && containing(search) };
    return readPage({ list: PERMISSIONS, ...this.at(tenant) }, { limit, cursor, sort, filters }, asItIs);
  }

  async get(tenant: Tenant, id: string): Promise<RoleDto> {
    return view(await this.roles.get(tenant, id));
  }

  async create(tenant: Tenant, input: CreateRoleDto, call: AdminCall, change: AdminChange): Promise<RoleDto> {
    const { id } = await this.roles.create(tenant, inputOf(input), changeOf(call, change));
    return view(await this.roles.get(tenant, id, change.tx));
  }

  async update(tenant: Tenant, id: string, patch: PatchRoleDto, call: AdminCall): Promise<RoleDto> {
    const edit = { ...changeOf(call), expect: call.expects(view) };
    return view(await this.roles.update(tenant, id, inputOf(patch), edit));
  }

  delete(tenant: Tenant, id: string, call: AdminCall): Promise<void> {
    return this.roles.delete(tenant, id, { ...changeOf(call), expect: call.expects(view) });
  }

  async members(tenant: Tenant, roleId: string, query: ListRoleMembersDto): Promise<RoleMemberPageDto> {
    const { type = 'user', ...page } = query;
    await this.roles.get(tenant, roleId);
    const filters = { roleId };
    return readPage({ list: ROLE_MEMBERS[type], ...this.at(tenant) }, { ...page, filters }, asItIs);
  }

  async heldBy(tenant: Tenant, holder: RoleHolder, page: ListHeldRolesDto): Promise<HeldRolePageDto> {
    await this.assertExists(tenant, holder);
    const filters = { holderId: holder.id };
    return readPage({ list: HELD_ROLES[holder.type], ...this.at(tenant) }, { ...page, filters }, asItIs);
  }

  async assign(tenant: Tenant, holder: RoleHolder, name: string, call: AdminCall): Promise<void> {
    await this.assertExists(tenant, holder);
    await this.roles.assign(tenant, holder, name, changeOf(call));
  }

  async unassign(tenant: Tenant, holder: RoleHolder, name: string, call: AdminCall): Promise<void> {
    await this.assertExists(tenant, holder);
    await this.roles.unassign(tenant, holder, name, changeOf(call));
  }

  private at({ id: tenantId }: Tenant) {
    return { database: this.database, tenantId };
  }

  private async assertExists(tenant: Tenant, holder: RoleHolder): Promise<void> {
    if (await this.details.holderExists(tenant.id, holder)) return;
    throw new UsersError('not-found', `There is no such ${holder.type}.`);
  }
}

function asItIs<Row>(row: Row): Row {
  return row;
}

function inputOf<T extends { permissions?: PermissionsAtResourceDto[] }>(
  input: T,
): Omit<T, 'permissions'> & Pick<RoleInput, 'permissions'> {
  const { permissions, ...members } = input;
  if (permissions === undefined) return members;
  const byResource = Map.groupBy(permissions, ({ resourceId }) => resourceId);
  const entries = [...byResource].map(([id, all]) => [id, all.flatMap(({ keys }) => keys)] as const);
  return { ...members, permissions: Object.fromEntries(entries) };
}

function view({ permissions, ...role }: DescribedRole): RoleDto {
  return { ...role, permissions: [...permissions] };
}
