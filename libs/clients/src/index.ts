export {
  CLIENT_TYPES,
  type Client,
  type ClientMetadata,
  type ClientOrigin,
  type ClientPolicy,
  type ClientSecret,
  type ClientStatus,
  type ClientType,
  type ConsentPolicy,
  type RefreshPolicy,
} from './client';
export type { Assignment, Resource, ResourceScope, TokenFormat } from './resource';
