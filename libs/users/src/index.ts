export type { AddressClaim, StandardClaims } from './claims/standard-claims';
export { userClaims } from './claims/user-claims';
export type { User, UserStatus } from './user';
export type { UserInput, UserPatch } from './user-input';
export { UsersError, type UsersErrorKind } from './users-error';
