import { EnumField, IdField, InstantField, ListDto, TextField } from '@tokenidp/admin-api';

const optional = true;
const nullable = true;
const SORTS = ['createdAt', '-createdAt'];

/** What every list of grants is asked with. */
export class ListGrantsOfClientsDto extends ListDto {
  @EnumField(SORTS, {
    description: 'The order; with `-` the other way round.',
    optional,
    default: '-createdAt',
    example: '-createdAt',
  })
  sort?: string;

  @IdField({ description: 'Only those of that application, by row id.', optional })
  clientId?: string;

  @InstantField({ description: 'Only those made then or later.', optional })
  createdFrom?: string;

  @InstantField({ description: 'Only those made then or before.', optional })
  createdTo?: string;
}

export class ListGrantsDto extends ListGrantsOfClientsDto {
  @IdField({ description: 'Only those of that user.', optional })
  userId?: string;
}

/** What was granted or asked for, to which application. */
export class GrantOfClientDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @IdField({ description: 'The row id of the application.' })
  clientId!: string;

  @TextField({ description: 'Its `client_id`.', max: 255, example: 'shop' })
  client_id!: string;

  @TextField({ description: 'Its name.', max: 255, example: 'Shop' })
  clientName!: string;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;
}

export class GrantDto extends GrantOfClientDto {
  @IdField({ description: 'The user; null for what an application has of itself.', nullable })
  userId!: string | null;

  @TextField({ description: 'Their user name.', max: 254, nullable, example: 'ada' })
  username!: string | null;
}

export const SCOPE = { description: 'Scopes, with spaces between them.', min: 0, max: 10_000, example: 'openid email' };
