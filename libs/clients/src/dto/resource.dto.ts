import {
  BooleanField,
  EnumField,
  IdField,
  InstantField,
  IntegerField,
  JsonField,
  ObjectsField,
  TextField,
} from '@tokenidp/admin-api';
import { RESOURCE_LIMITS } from '../resource-input';

const { maxDetailsTypes, maxIdentifier, maxName, maxScopes, minSeconds, maxSeconds, maxAgeSeconds } = RESOURCE_LIMITS;

const REQUIRED_ACR = {
  description: 'How its users have to have signed in (RFC 9470): an authentication context class; any when null.',
  max: 255,
  nullable: true,
  example: 'urn:tokenidp:acr:single-factor',
};
const MAX_AGE = {
  description: 'How long ago, in seconds, its users may have signed in (RFC 9470); any time when null.',
  min: 0,
  max: maxAgeSeconds,
  nullable: true,
  example: 3600,
};

/** A permission of the resource that a client may ask for on behalf of users, or for itself. */
export class ScopeDto {
  @TextField({ description: 'As in tokens and requests.', max: 255, example: 'invoices.read' })
  name!: string;

  @TextField({ description: 'For people, in the consent.', max: 200, optional: true, example: 'Read invoices' })
  displayName?: string;

  @TextField({
    description: 'A sentence for people.',
    min: 0,
    max: 1000,
    optional: true,
    example: 'See all of your invoices',
  })
  description?: string;

  @BooleanField({
    description: 'Asked for with emphasis; never given to clients that registered themselves.',
    optional: true,
    example: false,
  })
  sensitive?: boolean;
}

/** RFC 9396 §2.1: a type of authorization details. */
export class AuthorizationDetailsTypeDto {
  @TextField({ description: 'The `type` of the details.', max: 255, example: 'payment_initiation' })
  type!: string;

  @TextField({ description: 'For people, in the consent.', max: 200, example: 'Start a payment' })
  displayName!: string;

  @TextField({ description: 'A sentence for people.', min: 0, max: 1000, example: 'Pay from one of your accounts' })
  description!: string;

  @JsonField({
    description:
      'The members beside `type`, by name: `kind` (text, texts, number, boolean, object), `required`, `values`, `displayName`.',
    maxBytes: 8192,
    example: { amount: { kind: 'text', required: true } },
  })
  members!: Record<string, { kind: 'text' | 'texts' | 'number' | 'boolean' | 'object' }>;
}

/** What can be changed of a resource later. */
export class PatchResourceDto {
  @TextField({ description: 'For people.', max: maxName, optional: true, example: 'Invoices' })
  name?: string;

  @EnumField(['jwt', 'opaque'], { description: 'What its access tokens are.', optional: true })
  tokenFormat?: 'jwt' | 'opaque';

  @TextField({
    description: "Signs its access tokens: one of the tenant's algorithms.",
    max: 16,
    optional: true,
    example: 'ES256',
  })
  algorithm?: string;

  @IntegerField({
    description: "How long its access tokens live; the tenant's setting when null.",
    min: minSeconds,
    max: maxSeconds,
    optional: true,
    nullable: true,
    example: 300,
  })
  accessTokenSeconds?: number | null;

  @BooleanField({ description: 'Whether `permissions` are in its tokens.', optional: true, example: false })
  includePermissions?: boolean;

  @BooleanField({ description: 'Whether `roles` are in its tokens.', optional: true, example: false })
  includeRoles?: boolean;

  @TextField({ ...REQUIRED_ACR, optional: true })
  requiredAcr?: string | null;

  @IntegerField({ ...MAX_AGE, optional: true })
  maxAgeSeconds?: number | null;

  @ObjectsField(() => ScopeDto, {
    description: 'All of its scopes: the list replaces the one before.',
    maxItems: maxScopes,
    optional: true,
  })
  scopes?: ScopeDto[];

  @ObjectsField(() => AuthorizationDetailsTypeDto, {
    description: 'All types of authorization details that it knows (RFC 9396).',
    maxItems: maxDetailsTypes,
    optional: true,
  })
  authorizationDetailsTypes?: AuthorizationDetailsTypeDto[];
}

export class CreateResourceDto extends PatchResourceDto {
  @TextField({
    description: 'An absolute URI without fragment: the `aud` of its tokens. It cannot be changed.',
    max: maxIdentifier,
    example: 'https://api.example.com/invoices',
  })
  identifier!: string;

  @TextField({ description: 'For people.', max: maxName, example: 'Invoices' })
  override name!: string;
}

/** A resource in a list. */
export class ResourceSummaryDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({
    description: 'The `aud` of its tokens.',
    max: maxIdentifier,
    example: 'https://api.example.com/invoices',
  })
  identifier!: string;

  @TextField({ description: 'For people.', max: maxName, example: 'Invoices' })
  name!: string;

  @EnumField(['jwt', 'opaque'], { description: 'What its access tokens are.' })
  tokenFormat!: string;

  @TextField({ description: 'Signs its access tokens.', max: 16, example: 'ES256' })
  algorithm!: string;

  @IntegerField({
    description: "How long its access tokens live; the tenant's setting when null.",
    min: minSeconds,
    max: maxSeconds,
    nullable: true,
  })
  accessTokenSeconds!: number | null;

  @BooleanField({ description: 'Whether `permissions` are in its tokens.' })
  includePermissions!: boolean;

  @BooleanField({ description: 'Whether `roles` are in its tokens.' })
  includeRoles!: boolean;

  @BooleanField({ description: "True for the provider's own, which stays as it is.", example: false })
  builtIn!: boolean;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was changed last.' })
  updatedAt!: Date;
}

export class ResourceDto extends ResourceSummaryDto {
  @TextField(REQUIRED_ACR)
  requiredAcr!: string | null;

  @IntegerField(MAX_AGE)
  maxAgeSeconds!: number | null;

  @ObjectsField(() => ScopeDto, { description: 'Its scopes.', maxItems: maxScopes })
  scopes!: ScopeDto[];

  @ObjectsField(() => AuthorizationDetailsTypeDto, {
    description: 'Types of authorization details that it knows.',
    maxItems: maxDetailsTypes,
  })
  authorizationDetailsTypes!: AuthorizationDetailsTypeDto[];
}
