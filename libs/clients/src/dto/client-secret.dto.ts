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
import { CLIENT_SECRETS } from '../client-secrets.list';

export class SecretPathDto {
  @IdField({ description: 'The row id of the application.' })
  clientId!: string;

  @IdField({ description: 'The row id of the secret.' })
  secretId!: string;
}

export class CreateSecretDto {
  @TextField({ description: 'For people, to tell it from the others.', max: 100, example: 'autumn 2026' })
  name!: string;

  @InstantField({ description: 'When it ends; never when absent.', optional: true })
  expiresAt?: string;
}

export class RevokeSecretDto {
  @BooleanField({
    description: 'Revokes it although it was used within the last 24 hours.',
    optional: true,
    example: false,
  })
  confirm?: boolean;
}

/** A secret, without the secret. */
export class SecretDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'For people.', max: 100, example: 'autumn 2026' })
  name!: string;

  @TextField({ description: 'The first characters of the secret, to recognise it by.', max: 20, example: 'tcs_4Xq9Zk' })
  prefix!: string;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it ends; never when null.', nullable: true })
  expiresAt!: Date | null;

  @InstantField({ description: 'When it was used last, give or take a minute.', nullable: true })
  lastUsedAt!: Date | null;

  @InstantField({ description: 'When it was revoked; null while it is live.', nullable: true })
  revokedAt!: Date | null;
}

export class CreatedSecretDto extends SecretDto {
  @TextField({ description: 'The secret; shown here and never again.', max: 100, example: 'tcs_…' })
  client_secret!: string;
}

export class ListSecretsDto extends ListDto {
  @SortField(CLIENT_SECRETS.sorts)
  sort?: string;

  @SearchField('the name or the prefix')
  search?: string;

  @QueryBooleanField({ description: 'Only those that are revoked, or only the others.', optional: true })
  revoked?: boolean;
}

export class SecretPageDto extends PageOf(SecretDto) {}
