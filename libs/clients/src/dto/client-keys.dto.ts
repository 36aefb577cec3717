import { EnumField, InstantField, ObjectsField, TextField } from '@tokenidp/admin-api';

/** A public key, without its numbers. */
export class ClientKeyDto {
  @TextField({ description: 'Its name; null when it has none.', max: 2048, nullable: true, example: '2026-10' })
  kid!: string | null;

  @TextField({ description: 'Its type.', max: 20, example: 'EC' })
  kty!: string;

  @TextField({ description: 'Its curve.', max: 20, nullable: true, example: 'P-256' })
  crv!: string | null;

  @TextField({ description: 'The algorithm that it is for; any that fits when null.', max: 40, nullable: true })
  alg!: string | null;

  @TextField({
    description: 'What it is for: `sig` or `enc`; both when null.',
    max: 20,
    nullable: true,
    example: 'sig',
  })
  use!: string | null;

  @TextField({
    description: 'Its thumbprint (RFC 7638), by SHA-256.',
    max: 43,
    example: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  })
  thumbprint!: string;
}

export class ClientKeysDto {
  @EnumField(['jwks', 'jwks_uri', 'none'], { description: 'Where they come from.' })
  source!: 'jwks' | 'jwks_uri' | 'none';

  @TextField({ description: 'The address they are fetched from.', max: 2048, nullable: true })
  jwks_uri!: string | null;

  @InstantField({ description: 'When they were asked for last; null where they are given by value.', nullable: true })
  triedAt!: Date | null;

  @TextField({ description: 'Why the last try brought nothing; null when it did.', max: 500, nullable: true })
  problem!: string | null;

  @ObjectsField(() => ClientKeyDto, {
    description: 'Those that may be used; others of the set are left out.',
    maxItems: 20,
  })
  items!: ClientKeyDto[];
}
