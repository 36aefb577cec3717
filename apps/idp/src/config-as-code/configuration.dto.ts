import {
  BooleanField,
  EnumField,
  InstantField,
  IntegerField,
  JsonField,
  ObjectField,
  ObjectsField,
  TextField,
  TextsField,
} from '@tokenidp/admin-api';
import { CreateClientDto, CreateResourceDto, CreateTrustedIssuerDto } from '@tokenidp/clients';

const optional = true;
const MAX_ITEMS = 2000;
const SCOPES = { max: 255, maxItems: 200, optional, example: ['invoices.read'] };
const API = {
  description: 'The identifier of the API; `{issuer}/admin/api` for the administration, whatever the issuer.',
  max: 255,
  example: 'https://api.example.com/invoices',
};

export class ConfigTenantDto {
  @TextField({ description: 'What people see.', max: 200, optional, example: 'Acme' })
  displayName?: string;

  @JsonField({
    description: 'Settings by section: what is not named has its default. The issuer mode is not among them.',
    maxBytes: 262_144,
    optional,
    example: { lifetimes: { accessTokenSeconds: 300 } },
  })
  settings?: Record<string, unknown>;
}

export class ConfigPermissionDto {
  @TextField({ description: 'As in tokens.', max: 100, example: 'invoices.refund' })
  key!: string;

  @TextField({ description: 'For people.', min: 0, max: 1000, optional, example: 'Pay back an invoice' })
  description?: string;
}

export class ConfigResourceDto extends CreateResourceDto {
  @ObjectsField(() => ConfigPermissionDto, { description: 'All of its permissions.', maxItems: 1000, optional })
  permissions?: ConfigPermissionDto[];
}

export class ConfigRolePermissionsDto {
  @TextField(API)
  resource!: string;

  @TextsField({ description: 'Keys of its permissions.', max: 100, maxItems: 1000, example: ['invoices.refund'] })
  keys!: string[];
}

export class ConfigRoleDto {
  @TextField({ description: 'As in tokens; not one of the built-in ones.', max: 63, example: 'support' })
  name!: string;

  @TextField({ description: 'For people.', max: 200, example: 'Support' })
  displayName!: string;

  @TextField({ description: 'A sentence for people.', min: 0, max: 1000, optional, example: 'Answers questions' })
  description?: string;

  @ObjectsField(() => ConfigRolePermissionsDto, { description: 'All that it may do, by API.', maxItems: 200, optional })
  permissions?: ConfigRolePermissionsDto[];
}

export class ConfigAssignmentDto {
  @TextField(API)
  resource!: string;

  @TextsField({ description: 'What it may ask for on behalf of users.', ...SCOPES })
  userScopes?: string[];

  @TextsField({ description: 'What it may ask for on its own.', ...SCOPES })
  clientScopes?: string[];
}

export class ConfigSecretDto {
  @TextField({ description: 'For people, to tell it from the others.', max: 100, example: 'default' })
  name!: string;

  @TextField({
    description: 'The secret, as `tokenidp config secret` draws one; the one that is there stays when absent.',
    max: 100,
    optional,
    example: 'tcs_…',
  })
  value?: string;

  @InstantField({ description: 'When it ends; another end needs the value as well. As it is when absent.', optional })
  expiresAt?: string;
}

export class ConfigClientDto extends CreateClientDto {
  @TextField({ description: 'Its name in the protocol.', max: 100, example: 'invoices-web' })
  override client_id!: string;

  @EnumField(['active', 'disabled'], { description: 'A disabled client is refused everywhere.', optional })
  status?: 'active' | 'disabled';

  @ObjectsField(() => ConfigAssignmentDto, { description: 'All that it may ask for, by API.', maxItems: 200, optional })
  assignments?: ConfigAssignmentDto[];

  @TextsField({ description: 'All roles that it holds.', max: 63, maxItems: 100, optional, example: ['auditor'] })
  roles?: string[];

  @ObjectsField(() => ConfigSecretDto, {
    description: 'All of its live secrets; left as they are when absent.',
    maxItems: 5,
    optional,
  })
  secrets?: ConfigSecretDto[];
}

export class ConfigTrustedIssuerDto extends CreateTrustedIssuerDto {
  @BooleanField({ description: 'Whether its assertions are taken.', optional, default: true })
  enabled?: boolean;
}

/** A tenant as a file describes it. A section that is there is complete; one that is not is left alone. */
export class ConfigurationDto {
  @IntegerField({ description: 'Of this format.', min: 1, max: 1, example: 1 })
  version!: number;

  @ObjectField(() => ConfigTenantDto, { description: 'The tenant itself.', optional })
  tenant?: ConfigTenantDto;

  @ObjectsField(() => ConfigResourceDto, {
    description: 'All APIs but the built-in ones.',
    maxItems: MAX_ITEMS,
    optional,
  })
  resources?: ConfigResourceDto[];

  @ObjectsField(() => ConfigRoleDto, { description: 'All roles but the built-in ones.', maxItems: MAX_ITEMS, optional })
  roles?: ConfigRoleDto[];

  @ObjectsField(() => ConfigClientDto, {
    description: 'All applications but built-in ones and those that registered themselves.',
    maxItems: MAX_ITEMS,
    optional,
  })
  clients?: ConfigClientDto[];

  @ObjectsField(() => ConfigTrustedIssuerDto, { description: 'All trusted issuers.', maxItems: MAX_ITEMS, optional })
  trustedIssuers?: ConfigTrustedIssuerDto[];
}
