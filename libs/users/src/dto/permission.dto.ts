import {
  BooleanField,
  IdField,
  InstantField,
  ListDto,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
  TextField,
} from '@tokenidp/admin-api';
import { PERMISSIONS } from '../roles/roles.list';

const optional = true;
const DESCRIPTION = { description: 'For people.', min: 0, max: 1000, example: 'Pay back an invoice' };

export class PatchPermissionDto {
  @TextField({ ...DESCRIPTION, optional })
  description?: string;
}

export class CreatePermissionDto {
  @TextField({
    description: 'As in tokens: lower case words with `.` or `:` between them. It cannot be changed.',
    max: 100,
    example: 'invoices.refund',
  })
  key!: string;

  @TextField(DESCRIPTION)
  description!: string;
}

export class PermissionDto extends CreatePermissionDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @IdField({ description: 'The row id of its API.' })
  resourceId!: string;

  @BooleanField({ description: 'True for those of the administration API, which stay as they are.', example: false })
  builtIn!: boolean;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;
}

export class ListPermissionsDto extends ListDto {
  @SortField(PERMISSIONS.sorts)
  sort?: string;

  @SearchField('the key or the description')
  search?: string;

  @IdField({ description: 'Only those of that API.', optional })
  resourceId?: string;

  @IdField({ description: 'Only those that the role has.', optional })
  roleId?: string;

  @QueryBooleanField({ description: 'Only those of the administration API, or only the others.', optional })
  builtIn?: boolean;
}

export class PermissionPageDto extends PageOf(PermissionDto) {}
