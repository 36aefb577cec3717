import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, IdField, InstantField, ObjectField, TextField } from '@tokenidp/admin-api';

export class ClaimDomainDto {
  @TextField({
    description: 'A lower-case DNS name outside of this deployment.',
    min: 4,
    max: 253,
    example: 'login.acme.example',
  })
  domain!: string;
}

/** What to publish to prove a domain. */
export class DomainRecordDto {
  @TextField({ description: 'The kind of record.', max: 8, example: 'TXT' })
  type!: string;

  @TextField({ description: 'Its name.', max: 512, example: '_tokenidp-challenge.login.acme.example' })
  name!: string;

  @TextField({ description: 'Its value.', max: 255, example: 'q1vO8x2n0pJ5t7Ww3Zb6c9Yd1Ef' })
  value!: string;
}

export class DomainDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'The DNS name.', max: 253, example: 'login.acme.example' })
  domain!: string;

  @BooleanField({ description: 'Whether it is proven: then it is the issuer of the tenant.', example: false })
  verified!: boolean;

  @ObjectField(() => DomainRecordDto, { description: 'The DNS record that proves it.' })
  record!: DomainRecordDto;

  @InstantField({ description: 'When it was claimed.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was proven.', nullable: true })
  verifiedAt!: Date | null;
}

export class DomainsDto {
  @ApiProperty({ description: 'All of them: there are few.', type: [DomainDto] })
  items!: readonly DomainDto[];

  @ApiProperty({ description: 'Always null: there is one page.', type: String, nullable: true })
  nextCursor!: null;
}

/** What a proven domain changes. */
export class VerifiedDomainDto extends DomainDto {
  @TextField({ description: 'The issuer of the tenant from now on.', max: 2048, example: 'https://login.acme.example' })
  issuer!: string;
}
