export type { Change, Edit } from './change';
export type { AddressClaim, StandardClaims } from './claims/standard-claims';
export { userClaims } from './claims/user-claims';
export { type PasswordChange, PasswordChanges, type PasswordChangeResult } from './passwords/password-changes.service';
export { type PasswordResult, PasswordService } from './passwords/password.service';
export type { PasswordRefusal } from './passwords/password-policy';
export { type Access, AccessService, USER_TOPIC } from './roles/access.service';
export { AdministrativeRights } from './roles/administrative-rights';
export { type BuiltInRole, type BuiltInRoleName, builtInRights } from './roles/built-in-roles';
export {
  type ConfiguredPermission,
  type ConfiguredRole,
  ConfiguredRolesRepository,
} from './roles/configured-roles.repository';
export { PermissionsService } from './roles/permissions.service';
export type { RoleHolder } from './roles/roles.repository';
export { type RoleInput, RolesService } from './roles/roles.service';
export type { User, UserStatus } from './user';
export type { UserCodeRefusal } from './user-codes/user-code-policy';
export { type UserCodeAttempt, type UserCodeResult, UserCodesService } from './user-codes/user-codes.service';
export type { UserInput, UserPatch } from './user-input';
export { USER_JSON_COLUMNS, userColumns, userFromRow, type UserRow } from './user-row';
export { UsersError, type UsersErrorKind } from './users-error';
export { USERS_ENTITIES, UsersModule } from './users.module';
export { UserObserver, UserObservers } from './user-observers';
export { type RegistrationResult, UserRegistrations } from './user-registrations.service';
export { type NewUser, type Registration, UsersService } from './users.service';
