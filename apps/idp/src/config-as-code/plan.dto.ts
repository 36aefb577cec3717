import { EnumField, TextField } from '@tokenidp/admin-api';
import { ApiProperty } from '@nestjs/swagger';
import { ACTIONS, KINDS } from './plan/step';

const ANY = {
  nullable: true,
  oneOf: ['string', 'number', 'boolean', 'object']
    .map((type) => ({ type }))
    .concat([{ type: 'array', items: {} }] as never),
};

export class PlannedMemberDto {
  @TextField({
    description: 'Its name; what is inside of it after dots.',
    max: 1000,
    example: 'settings.lifetimes.idTokenSeconds',
  })
  member!: string;

  @ApiProperty({ ...ANY, description: 'What it is; null when it is not there.', example: 600 })
  before!: unknown;

  @ApiProperty({ ...ANY, description: 'What it becomes; null when it goes.', example: 300 })
  after!: unknown;
}

/** One thing that an apply does. */
export class PlannedStepDto {
  @EnumField(ACTIONS, { description: 'What is done.' })
  action!: string;

  @EnumField(KINDS, { description: 'To what.' })
  kind!: string;

  @TextField({
    description: 'Which one: its identifier, name, `client_id` or issuer.',
    max: 1000,
    example: 'invoices-web',
  })
  key!: string;

  @ApiProperty({ type: [PlannedMemberDto], description: 'Member by member; nothing for a deletion.' })
  changes!: PlannedMemberDto[];
}

export class PlanDto {
  @TextField({
    description: 'Of the plan: an apply that expects it does this and nothing else.',
    max: 43,
    example: 'NzbLsXh8uDCc',
  })
  digest!: string;

  @ApiProperty({
    type: [PlannedStepDto],
    description: 'In the order in which they are done; none when nothing differs.',
  })
  steps!: PlannedStepDto[];
}

export class ApplyQueryDto {
  @TextField({
    description: 'The `digest` of the plan that was seen: 409 when it would be another one.',
    max: 43,
    optional: true,
  })
  expect?: string;
}
