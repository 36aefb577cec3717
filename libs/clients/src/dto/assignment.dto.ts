import { IdField, PageOf, TextField, TextsField } from '@tokenidp/admin-api';
import { RESOURCE_LIMITS } from '../resource-input';

const SCOPES = { max: 100, maxItems: RESOURCE_LIMITS.maxScopes, example: ['invoices.read'] };

export class AssignmentPathDto {
  @IdField({ description: 'The row id of the application.' })
  clientId!: string;

  @IdField({ description: 'The row id of the API.' })
  resourceId!: string;
}

export class PutAssignmentDto {
  @TextsField({ description: 'The scopes it may ask for on behalf of users.', ...SCOPES })
  userScopes!: string[];

  @TextsField({ description: 'The scopes it may ask for on its own.', ...SCOPES })
  clientScopes!: string[];
}

/** What an application may ask for at an API. */
export class AssignmentDto extends PutAssignmentDto {
  @IdField({ description: 'The row id of the API.' })
  id!: string;

  @TextField({ description: 'The `aud` of its tokens.', max: 255, example: 'https://api.example.com/invoices' })
  identifier!: string;

  @TextField({ description: 'The API, for people.', max: 200, example: 'Invoices' })
  name!: string;
}

export class AssignmentPageDto extends PageOf(AssignmentDto) {}
