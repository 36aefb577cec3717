import { ApiProperty } from '@nestjs/swagger';
import {
  BooleanField,
  EnumField,
  IdField,
  InstantField,
  JsonField,
  ListDto,
  ObjectField,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
  TextField,
} from '@tokenidp/admin-api';
import { KEY_ALGORITHMS, type KeyAlgorithm, settingsSection } from '@tokenidp/tenancy';
import { SIGNING_KEYS } from '../keys.list';
import { NEXT_STEPS } from '../next-step';
import { KEY_STATES } from '../signing-key.entity';

const KID = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';

export class ListKeysDto extends ListDto {
  @SortField(SIGNING_KEYS.sorts.toReversed())
  sort?: string;

  @SearchField('the kid')
  search?: string;

  @EnumField(KEY_STATES, { description: 'Only those of that state.', optional: true })
  state?: string;

  @EnumField(KEY_ALGORITHMS, { description: 'Only those of that algorithm.', optional: true })
  alg?: string;
}

/** What happens to a key by itself. */
export class NextStepDto {
  @EnumField(NEXT_STEPS, {
    description:
      '`activation`: it signs; `successor`: the next key is made; `replacement`: the next key signs; `retirement`: it is not published any more.',
  })
  step!: string;

  @InstantField({ description: 'When.' })
  at!: Date;
}

export class KeyDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'Its name in tokens and in the key set.', max: 255, example: KID })
  kid!: string;

  @EnumField(KEY_ALGORITHMS, { description: 'The one algorithm that it signs with.' })
  alg!: string;

  @EnumField(KEY_STATES, {
    description: '`next` is published, `current` signs, `previous` verifies, `retired` and `revoked` are gone.',
  })
  state!: string;

  @JsonField({ description: 'Its public part.', maxBytes: 4096, example: { kty: 'EC', crv: 'P-256' } })
  publicJwk!: object;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'Since when it signs, or signed.', nullable: true })
  activatedAt!: Date | null;

  @InstantField({ description: 'Since when it only verifies.', nullable: true })
  demotedAt!: Date | null;

  @InstantField({ description: 'Since when it is not published any more.', nullable: true })
  retiredAt!: Date | null;

  @InstantField({ description: 'When it was revoked.', nullable: true })
  revokedAt!: Date | null;

  @ObjectField(() => NextStepDto, { description: 'What happens next by itself.', nullable: true })
  nextStep!: NextStepDto | null;

  @TextField({ description: 'Why it was revoked.', max: 500, nullable: true, example: 'Laptop stolen' })
  reason!: string | null;
}

export class KeyPageDto extends PageOf(KeyDto) {}

export class DryRunDto {
  @QueryBooleanField({
    description: 'Only say what would happen.',
    optional: true,
    default: false,
    example: false,
  })
  dryRun?: boolean;
}

export class RotateKeyDto {
  @EnumField(KEY_ALGORITHMS, { description: "One of the tenant's algorithms." })
  algorithm!: KeyAlgorithm;

  @BooleanField({
    description: 'At once, even if the next key is too new: who has an older key set fails until it fetches a new one.',
    optional: true,
    example: false,
  })
  force?: boolean;
}

export class RotationDto {
  @EnumField(['rotated', 'scheduled'], {
    description: '`scheduled`: the next key has to be published for its lead time first, and then signs by itself.',
  })
  outcome!: string;

  @TextField({ description: 'The key that signs then; null where it is yet to be made.', max: 255, nullable: true })
  kid!: string | null;

  @InstantField({ description: 'When it signs.' })
  at!: Date;

  @BooleanField({ description: 'Whether nothing was done.', example: false })
  dryRun!: boolean;
}

export class RevokeKeyDto {
  @TextField({ description: 'Why, for the audit trail.', max: 500, example: 'Laptop stolen' })
  reason!: string;
}

export class RevocationDto {
  @TextField({ description: 'The key that is revoked.', max: 255, example: KID })
  kid!: string;

  @TextField({
    description: 'The key that signs instead, when the revoked one signed; null when it is yet to be made.',
    max: 255,
    nullable: true,
  })
  current!: string | null;

  @BooleanField({ description: 'Whether tokens that are out are refused from now on.' })
  breaksTokens!: boolean;

  @InstantField({
    description: 'Until when there would have been tokens that it has signed, at most; null when there are none.',
    nullable: true,
  })
  tokensUntil!: Date | null;

  @TextField({ description: 'The same in words.', max: 1000, example: 'No token is good that it has signed.' })
  effect!: string;

  @BooleanField({ description: 'Whether nothing was done.', example: false })
  dryRun!: boolean;
}

/** One of the two: the key is checked, sealed and never shown again. */
export class ImportKeyDto {
  @EnumField(KEY_ALGORITHMS, { description: "One of the tenant's algorithms." })
  algorithm!: KeyAlgorithm;

  @TextField({
    description: 'PKCS#8 in PEM, in clear.',
    max: 16_384,
    optional: true,
    example: '-----BEGIN PRIVATE KEY-----…',
  })
  privateKey?: string;

  @JsonField({ description: 'A private JWK.', maxBytes: 16_384, optional: true, example: { kty: 'EC', crv: 'P-256' } })
  jwk?: Record<string, unknown>;
}

export class KeySetDto {
  @ApiProperty({ description: 'The public keys, as published.', type: [Object] })
  keys!: object[];
}

export class PatchKeyPolicyDto extends settingsSection('keys', 'patch') {}

export class KeyPolicyDto extends settingsSection('keys', 'values') {
  @IdField({ description: 'Of the tenant.' })
  id!: string;
}
