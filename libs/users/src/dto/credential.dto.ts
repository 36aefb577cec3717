import { EnumField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@tokenidp/admin-api';

const MAX_CREDENTIALS = 1000;
const nullable = true;

/** A credential without what it is proven with. */
export class CredentialDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @EnumField(['password', 'totp', 'passkey', 'recovery-code', 'user-code'], { description: 'What it is.' })
  type!: string;

  @TextField({ description: 'As the user calls it.', max: 200, nullable, example: 'Phone' })
  name!: string | null;

  @IntegerField({ description: 'Failed attempts since the last success.', min: 0, max: 1_000_000 })
  failures!: number;

  @InstantField({ description: 'No attempt counts before.', nullable })
  blockedUntil!: Date | null;

  @InstantField({ description: 'Since when it is of no use, after too many failures.', nullable })
  disabledAt!: Date | null;

  @InstantField({ description: 'When it was used last.', nullable })
  lastUsedAt!: Date | null;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was set last.' })
  updatedAt!: Date;
}

export class CredentialsDto {
  @ObjectsField(() => CredentialDto, { description: 'All of the user, the oldest first.', maxItems: MAX_CREDENTIALS })
  items!: CredentialDto[];
}
