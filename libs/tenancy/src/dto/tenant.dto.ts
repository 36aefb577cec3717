import {
  BooleanField,
  EnumField,
  IdField,
  InstantField,
  ListDto,
  ObjectField,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
  TextField,
} from '@tokenidp/admin-api';
import { TENANTS } from '../tenants.list';
import { PatchSettingsDto } from './settings.dto';

const STATUSES = ['active', 'suspended', 'deleting'];
const KINDS = ['standard', 'system'];
const MAX_NAME = 200;

export class ListTenantsDto extends ListDto {
  @SortField(TENANTS.sorts)
  sort?: string;

  @SearchField('the name, the displayed name, the slug, the domain or the id')
  search?: string;

  @EnumField(STATUSES, { description: 'Only those of that status.', optional: true })
  status?: string;

  @EnumField(KINDS, { description: 'Only the system tenant, or only the others.', optional: true })
  kind?: string;

  @QueryBooleanField({ description: 'Only sandboxes, or only the others.', optional: true })
  sandbox?: boolean;
}

/** What a tenant's own administrators may change of it. */
export class PatchOwnTenantDto {
  @TextField({ description: 'What people see.', max: MAX_NAME, optional: true, example: 'Acme' })
  displayName?: string;
}

export class PatchTenantDto extends PatchOwnTenantDto {
  @TextField({ description: 'For administrators.', max: MAX_NAME, optional: true, example: 'Acme Ltd' })
  name?: string;

  @BooleanField({
    description: 'A place for tests, with shortcuts that no real one has.',
    optional: true,
    example: false,
  })
  sandbox?: boolean;
}

export class CreateTenantDto extends PatchTenantDto {
  @TextField({
    description: 'Its name in addresses: 1 to 40 of a-z, 0-9 and hyphens. It cannot be changed.',
    max: 40,
    example: 'acme',
  })
  slug!: string;

  @TextField({ description: 'For administrators.', max: MAX_NAME, example: 'Acme Ltd' })
  override name!: string;

  @ObjectField(() => PatchSettingsDto, {
    description: 'Settings that differ from the defaults.',
    optional: true,
    example: { locales: { default: 'de' } },
  })
  settings?: PatchSettingsDto;
}

export class TenantDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'Its name in addresses.', max: 40, example: 'acme' })
  slug!: string;

  @TextField({ description: 'For administrators.', max: MAX_NAME, example: 'Acme Ltd' })
  name!: string;

  @TextField({ description: 'What people see.', max: MAX_NAME, example: 'Acme' })
  displayName!: string;

  @EnumField(STATUSES, { description: 'Only an active tenant is served.' })
  status!: string;

  @EnumField(KINDS, { description: 'The system tenant administers all others.' })
  kind!: string;

  @BooleanField({ description: 'A place for tests.', example: false })
  sandbox!: boolean;

  @TextField({ description: 'Its own, once proven.', max: 253, nullable: true, example: 'login.acme.example' })
  domain!: string | null;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was changed last.' })
  updatedAt!: Date;

  @InstantField({ description: 'When a tenant that is being deleted goes for good.', nullable: true })
  removalAt!: Date | null;
}

/** A tenant by itself. */
export class DescribedTenantDto extends TenantDto {
  @TextField({ description: 'The one address it answers at.', max: 2048, example: 'https://id.example.com/t/acme' })
  issuer!: string;
}

export class TenantPageDto extends PageOf(TenantDto) {}
