import {
  BooleanField,
  IdField,
  ListDto,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
  TextField,
} from '@tokenidp/admin-api';
import { SCOPES } from '../scopes.list';
import { ScopeDto } from './resource.dto';

export class ScopePathDto {
  @IdField({ description: 'The row id of the API.' })
  resourceId!: string;

  @IdField({ description: 'The row id of the scope.' })
  scopeId!: string;
}

export class CreateScopeDto extends ScopeDto {}

/** Its name cannot be changed: it is in tokens that are out. */
export class PatchScopeDto {
  @TextField({ description: 'For people, in the consent.', max: 200, optional: true, example: 'Read invoices' })
  displayName?: string;

  @TextField({ description: 'A sentence for people.', min: 0, max: 1000, optional: true, example: 'See your invoices' })
  description?: string;

  @BooleanField({
    description: 'Asked for with emphasis; never given to clients that registered themselves.',
    optional: true,
    example: false,
  })
  sensitive?: boolean;
}

/** A scope of an API. */
export class NamedScopeDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'As in tokens and requests.', max: 100, example: 'invoices.read' })
  name!: string;

  @TextField({ description: 'For people, in the consent.', max: 200, example: 'Read invoices' })
  displayName!: string;

  @TextField({ description: 'A sentence for people.', min: 0, max: 1000, example: 'See your invoices' })
  description!: string;

  @BooleanField({ description: 'Asked for with emphasis.', example: false })
  sensitive!: boolean;
}

export class ListScopesDto extends ListDto {
  @SortField(SCOPES.sorts)
  sort?: string;

  @SearchField('the name or the display name')
  search?: string;

  @QueryBooleanField({ description: 'Only those that are sensitive, or only the others.', optional: true })
  sensitive?: boolean;
}

export class ScopePageDto extends PageOf(NamedScopeDto) {}
