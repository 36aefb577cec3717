import {
  BooleanField,
  EnumField,
  IdField,
  InstantField,
  ListDto,
  ObjectsField,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
  TextField,
  TextsField,
} from '@tokenidp/admin-api';
import { HELD_ROLES, ROLE_MEMBERS, ROLES } from '../roles/roles.list';

const optional = true;
const MAX_RESOURCES = 200;
const NAME = {
  description: 'As in tokens: lower case letters, digits and `-`, a letter first. It cannot be changed.',
  max: 63,
  example: 'support',
};
const DISPLAY_NAME = { description: 'For people.', max: 200, example: 'Support' };
const DESCRIPTION = { description: 'A sentence for people.', min: 0, max: 1000, example: 'Answers questions of users' };

/** What a role may do at one API. */
export class PermissionsAtResourceDto {
  @IdField({ description: 'The row id of the API.' })
  resourceId!: string;

  @TextsField({
    description: 'Keys of its permissions.',
    max: 100,
    maxItems: 1000,
    example: ['users.read', 'sessions.read'],
  })
  keys!: string[];
}

const PERMISSIONS = { description: 'All that it may do, by API.', maxItems: MAX_RESOURCES };

export class PatchRoleDto {
  @TextField({ ...DISPLAY_NAME, optional })
  displayName?: string;

  @TextField({ ...DESCRIPTION, optional })
  description?: string;

  @ObjectsField(() => PermissionsAtResourceDto, { ...PERMISSIONS, optional })
  permissions?: PermissionsAtResourceDto[];
}

export class CreateRoleDto extends PatchRoleDto {
  @TextField(NAME)
  name!: string;

  @TextField(DISPLAY_NAME)
  override displayName!: string;
}

/** A role in a list. */
export class RoleSummaryDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField(NAME)
  name!: string;

  @TextField(DISPLAY_NAME)
  displayName!: string;

  @TextField(DESCRIPTION)
  description!: string;

  @BooleanField({ description: "True for the provider's own, which stays as it is.", example: false })
  builtIn!: boolean;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was changed last.' })
  updatedAt!: Date;
}

export class RoleDto extends RoleSummaryDto {
  @ObjectsField(() => PermissionsAtResourceDto, PERMISSIONS)
  permissions!: PermissionsAtResourceDto[];
}

export class ListRolesDto extends ListDto {
  @SortField(ROLES.sorts)
  sort?: string;

  @SearchField('the name')
  search?: string;

  @QueryBooleanField({ description: "Only the provider's own, or only the others.", optional })
  builtIn?: boolean;
}

export class RolePageDto extends PageOf(RoleSummaryDto) {}

export class HeldRoleDto extends RoleSummaryDto {
  @InstantField({ description: 'Since when it is held.' })
  assignedAt!: Date;
}

export class ListHeldRolesDto extends ListDto {
  @SortField(HELD_ROLES.user.sorts)
  sort?: string;
}

export class HeldRolePageDto extends PageOf(HeldRoleDto) {}

export class RoleMemberDto {
  @IdField({ description: 'The row id of the user or the application.' })
  id!: string;

  @TextField({ description: 'The user name, or the name of the application.', max: 254, example: 'ada' })
  name!: string;

  @TextField({ description: 'The status.', max: 20, example: 'active' })
  status!: string;

  @InstantField({ description: 'Since when the role is held.' })
  assignedAt!: Date;
}

export class ListRoleMembersDto extends ListDto {
  @SortField(ROLE_MEMBERS.user.sorts)
  sort?: string;

  @EnumField(['user', 'client'], { description: 'Users or applications.', optional, default: 'user' })
  type?: 'user' | 'client';
}

export class RoleMemberPageDto extends PageOf(RoleMemberDto) {}
