import { ApiProperty } from '@nestjs/swagger';
import { IdField, TextField } from '@tokenidp/admin-api';

/** May this user use this application, or this permission of an API? */
export class ExplainAccessDto {
  @IdField({ description: 'The user.' })
  userId!: string;

  @TextField({ description: 'The application, by its `client_id`.', max: 255, optional: true, example: 'billing-web' })
  clientId?: string;

  @TextField({ description: 'The permission, by its key.', max: 100, optional: true, example: 'invoices.read' })
  permission?: string;

  @TextField({
    description: 'The API of the permission, by its identifier; the administration API when absent.',
    max: 255,
    optional: true,
    example: 'https://api.example.com/invoices',
  })
  resource?: string;
}

/** One rule on the way. */
export class AccessRuleDto {
  @ApiProperty({ description: 'What has to be so.', example: 'The user is active' })
  rule!: string;

  @ApiProperty({ description: 'Whether it is.', example: true })
  isMet!: boolean;

  @ApiProperty({ description: 'How it is.', example: 'The user is disabled.' })
  detail!: string;

  @ApiProperty({
    description: 'The operation that would change it, below `/admin/api/v1`; null where nothing has to.',
    type: String,
    nullable: true,
    example: 'POST users/01990000-0000-7000-8000-000000000000/enable',
  })
  fix!: string | null;
}

export class AccessExplanationDto {
  @ApiProperty({ description: 'Whether every rule is met.', example: true })
  isAllowed!: boolean;

  @ApiProperty({
    description: 'The rules in the order in which they are applied; the first that is not met decides.',
    type: [AccessRuleDto],
  })
  rules!: AccessRuleDto[];
}
