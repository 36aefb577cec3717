import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditModule } from '@tokenidp/audit';
import { TenantInitializers } from '@tokenidp/tenancy';
import { AddressLimit } from './passwords/address-limit';
import { CredentialEntity } from './passwords/credential.entity';
import { CredentialsController } from './passwords/credentials.controller';
import { CredentialsRepository } from './passwords/credentials.repository';
import { CredentialsService } from './passwords/credentials.service';
import { PasswordChanges } from './passwords/password-changes.service';
import { PasswordHasher } from './passwords/password-hasher';
import { PasswordService } from './passwords/password.service';
import { PasswordsRepository } from './passwords/passwords.repository';
import { UnknownLoginEntity } from './passwords/unknown-login.entity';
import { UnknownLoginPurge } from './passwords/unknown-login-purge';
import { AccessRepository } from './roles/access.repository';
import { AccessService } from './roles/access.service';
import { AdministrativeRights } from './roles/administrative-rights';
import { AdministrativeRightsRepository } from './roles/administrative-rights.repository';
import { ConfiguredRolesRepository } from './roles/configured-roles.repository';
import { ClientRoleEntity } from './roles/client-role.entity';
import { PermissionEntity } from './roles/permission.entity';
import { PermissionsController, ResourcePermissionsController } from './roles/permissions.controller';
import { PermissionsRepository } from './roles/permissions.repository';
import { PermissionsService } from './roles/permissions.service';
import { ClientRolesController, UserRolesController } from './roles/role-assignments.controller';
import { RoleDetailsRepository } from './roles/role-details.repository';
import { RoleEntity } from './roles/role.entity';
import { RolePermissionEntity } from './roles/role-permission.entity';
import { RolesAdmin } from './roles/roles.admin';
import { RolesController } from './roles/roles.controller';
import { RolesInitializer } from './roles/roles-initializer';
import { RolesRepository } from './roles/roles.repository';
import { RolesService } from './roles/roles.service';
import { UserRoleEntity } from './roles/user-role.entity';
import { UserCodesRepository } from './user-codes/user-codes.repository';
import { UserCodesService } from './user-codes/user-codes.service';
import { UserEntity } from './user.entity';
import { UserObservers } from './user-observers';
import { UserRegistrations } from './user-registrations.service';
import { UsersAdmin } from './users.admin';
import { UsersBulk } from './users-bulk';
import { UsersController } from './users.controller';
import { UsersRepository } from './users.repository';
import { UsersService } from './users.service';

/** For the application's `DatabaseOptions`. */
export const USERS_ENTITIES = [
  UserEntity,
  CredentialEntity,
  UnknownLoginEntity,
  RoleEntity,
  PermissionEntity,
  RolePermissionEntity,
  UserRoleEntity,
  ClientRoleEntity,
];

/** Needs `MasterKeys`, `KeyedHash` and `Clock` from a global module of the application. */
@Module({
  imports: [AuditModule],
  controllers: [
    ClientRolesController,
    CredentialsController,
    PermissionsController,
    ResourcePermissionsController,
    RolesController,
    UserRolesController,
    UsersController,
  ],
  providers: [
    AccessRepository,
    AccessService,
    AddressLimit,
    AdministrativeRights,
    AdministrativeRightsRepository,
    ConfiguredRolesRepository,
    CredentialsRepository,
    CredentialsService,
    PasswordChanges,
    PasswordHasher,
    PasswordService,
    PasswordsRepository,
    PermissionsRepository,
    PermissionsService,
    RoleDetailsRepository,
    RolesAdmin,
    RolesInitializer,
    RolesRepository,
    RolesService,
    UnknownLoginPurge,
    UserCodesRepository,
    UserCodesService,
    UserObservers,
    UserRegistrations,
    UsersAdmin,
    UsersBulk,
    UsersRepository,
    UsersService,
  ],
  exports: [
    AccessService,
    AdministrativeRights,
    ConfiguredRolesRepository,
    PasswordChanges,
    PasswordService,
    PermissionsService,
    RolesService,
    UserCodesService,
    UserObservers,
    UserRegistrations,
    UsersService,
  ],
})
export class UsersModule implements OnApplicationBootstrap {
  constructor(
    private readonly initializers: TenantInitializers,
    private readonly roles: RolesInitializer,
  ) {}

  /** After every onModuleInit, where others add theirs: the permissions need the admin API that comes with the clients. */
  onApplicationBootstrap(): void {
    this.initializers.add(this.roles);
  }
}
