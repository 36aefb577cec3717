import {
  BooleanField,
  EnumField,
  IdField,
  IntegerField,
  ObjectField,
  QueryIntegerField,
  TextField,
  TextsField,
} from '@tokenidp/admin-api';

const ANY = { min: 0, max: Number.MAX_SAFE_INTEGER } as const;
const FAULTS = ['changed', 'event-removed', 'seal-removed', 'event-inserted', 'state-changed'] as const;

export class VerifyDto {
  @QueryIntegerField({
    description: 'How many of the last events are looked at.',
    min: 1,
    max: 100000,
    optional: true,
    default: 10000,
    example: 10000,
  })
  last?: number;
}

export class ChainHeadDto {
  @IntegerField({ description: 'The number of the last event that is sealed.', ...ANY, example: 1204 })
  sequence!: number;

  @TextField({
    description: 'Its hash. Noted elsewhere, it shows later that nothing was cut off.',
    max: 128,
    example: 'k1.mP3…',
  })
  hash!: string;
}

export class ChainFaultDto {
  @EnumField(FAULTS, { description: 'What is wrong at the first place that is broken.' })
  kind!: string;

  @IntegerField({ description: 'The number of that place.', ...ANY, example: 1200 })
  sequence!: number;

  @IdField({ description: 'The event, where it is known.', nullable: true })
  eventId!: string | null;
}

export class VerificationDto {
  @BooleanField({ description: 'Whether what was looked at is what was recorded.' })
  isIntact!: boolean;

  @IntegerField({ description: 'How many events were looked at.', ...ANY, example: 1000 })
  verified!: number;

  @IntegerField({ description: 'The number of the first of them.', ...ANY, example: 205 })
  from!: number;

  @IntegerField({ description: 'The number of the last of them.', ...ANY, example: 1204 })
  to!: number;

  @ObjectField(() => ChainHeadDto, { description: 'The end of the chain.' })
  head!: ChainHeadDto;

  @IntegerField({ description: 'How many events retention has removed.', ...ANY, example: 0 })
  removed!: number;

  @IntegerField({
    description: 'How many were sealed more than an hour after they say that they happened.',
    ...ANY,
    example: 0,
  })
  late!: number;

  @ObjectField(() => ChainFaultDto, { description: 'The first place that is broken.', nullable: true })
  fault!: ChainFaultDto | null;
}

export class EventNamesDto {
  @TextsField({
    description: 'Every name that an event may have.',
    max: 64,
    maxItems: 200,
    example: ['client.changed'],
  })
  items!: string[];
}
