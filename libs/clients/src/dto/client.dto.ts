import { BooleanField, EnumField, IdField, InstantField, JsonField, PageOf, TextField } from '@tokenidp/admin-api';
import { BulkResultDto } from '@tokenidp/admin-api';
import { ApiProperty } from '@nestjs/swagger';
import { SECURITY_PROFILES } from '@tokenidp/tenancy';
import { ClientMembersDto } from './client-policy.dto';

const STATUSES = ['active', 'disabled'];
export const CLIENT_ORIGINS = ['admin', 'registered', 'metadata', 'built-in'];

export class PatchClientDto extends ClientMembersDto {}

export class CreateClientDto extends ClientMembersDto {
  @TextField({
    description: 'Its name in the protocol; one is drawn when absent. It cannot be changed.',
    max: 100,
    optional: true,
    example: 'invoices-web',
  })
  client_id?: string;
}

/** A client in a list. */
export class ClientSummaryDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'Its name in the protocol.', max: 255, example: 'invoices-web' })
  client_id!: string;

  @TextField({ description: 'For people.', max: 200, example: 'Invoices' })
  client_name!: string;

  @TextField({ description: 'What kind of application it is.', max: 20, example: 'web' })
  type!: string;

  @EnumField(STATUSES, { description: 'A disabled client is refused everywhere.' })
  status!: string;

  @EnumField(CLIENT_ORIGINS, { description: 'Where it came from; a built-in one stays as it is.' })
  origin!: string;

  @TextField({ description: 'What is asked of it.', max: 40, example: SECURITY_PROFILES[0] })
  security_profile!: string;

  @TextField({ description: 'How it authenticates.', max: 100, example: 'client_secret_basic' })
  token_endpoint_auth_method!: string;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was changed last.' })
  updatedAt!: Date;

  @InstantField({ description: 'When it asked for a token last, give or take a minute.', nullable: true })
  lastUsedAt!: Date | null;
}

export class ClientPageDto extends PageOf(ClientSummaryDto) {}

/** A client: its members as they are stored, and beside them what its security profile makes of them. */
export class ClientDto extends ClientMembersDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'Its name in the protocol.', max: 255, example: 'invoices-web' })
  client_id!: string;

  @EnumField(STATUSES, { description: 'A disabled client is refused everywhere.' })
  status!: string;

  @EnumField(CLIENT_ORIGINS, { description: 'Where it came from; a built-in one stays as it is.' })
  origin!: string;

  @TextField({ description: 'What it registered with, verified.', max: 16_384, optional: true, example: 'eyJ…' })
  software_statement?: string;

  @BooleanField({ description: 'Of one that registered itself: somebody trusted stands for it.', optional: true })
  vouched?: boolean;

  @JsonField({
    description: 'The members that its security profile fixes, with the values that count whatever is stored.',
    maxBytes: 8192,
    example: { require_pkce: true },
  })
  effective!: Record<string, unknown>;

  @TextField({
    description: 'Why it cannot be used while the tenant has its security profile floor; null when it can.',
    max: 200,
    nullable: true,
  })
  refusal!: string | null;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was changed last.' })
  updatedAt!: Date;

  @InstantField({ description: 'When it asked for a token last, give or take a minute.', nullable: true })
  lastUsedAt!: Date | null;
}

export class CreatedClientDto extends ClientDto {
  @TextField({
    description: 'Its first secret, where it authenticates with one; shown here and never again.',
    max: 100,
    optional: true,
    example: 'tcs_…',
  })
  client_secret?: string;
}

export class ClientBulkResultDto extends BulkResultDto {
  @TextField({ description: 'Of a client that was made.', max: 100, optional: true, example: 'invoices-web' })
  client_id?: string;

  @TextField({
    description: 'Its first secret, shown here and never again.',
    max: 100,
    optional: true,
    example: 'tcs_…',
  })
  client_secret?: string;
}

export class ClientBulkResultsDto {
  @ApiProperty({ description: 'One for each row, in the same order.', type: [ClientBulkResultDto] })
  results!: ClientBulkResultDto[];
}
