import {
  BooleanField,
  EnumField,
  IdField,
  InstantField,
  JsonField,
  ListDto,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
  TextField,
  TextsField,
} from '@tokenidp/admin-api';
import { ASYMMETRIC_ALGORITHMS } from '../metadata/auth-method';
import { ASSERTION_SUBJECTS } from '../trusted-issuers/trusted-issuer';
import { TRUSTED_ISSUERS } from '../trusted-issuers/trusted-issuers.list';

const OPEN = { optional: true, nullable: true } as const;

/** What can be changed of a trusted issuer later. */
export class PatchTrustedIssuerDto {
  @JsonField({ description: 'Its public keys by value (RFC 7517).', maxBytes: 65_536, example: { keys: [] }, ...OPEN })
  jwks?: { keys: unknown[] } | null;

  @TextField({
    description: 'Its public keys by reference; one of the two.',
    max: 2048,
    format: 'uri',
    example: 'https://issuer.example.com/jwks.json',
    ...OPEN,
  })
  jwks_uri?: string | null;

  @TextsField({
    description: 'What its keys may sign with.',
    max: 20,
    maxItems: ASYMMETRIC_ALGORITHMS.length,
    values: ASYMMETRIC_ALGORITHMS,
    optional: true,
    example: ['ES256'],
  })
  algorithms?: string[];

  @EnumField(ASSERTION_SUBJECTS, { description: 'What the `sub` of an assertion names.', optional: true })
  subject?: string;

  @TextsField({
    description: 'The most that a token for an assertion may hold.',
    max: 100,
    maxItems: 200,
    optional: true,
    example: ['invoices.read'],
  })
  scopes?: string[];

  @TextsField({
    description: 'Identifiers of the APIs that such a token may be for.',
    max: 2048,
    maxItems: 200,
    optional: true,
    example: ['https://api.example.com/invoices'],
  })
  audiences?: string[];
}

export class CreateTrustedIssuerDto extends PatchTrustedIssuerDto {
  @TextField({
    description: '`iss`, byte for byte. It cannot be changed.',
    max: 255,
    example: 'https://issuer.example.com',
  })
  issuer!: string;

  @TextsField({
    description: 'What its keys may sign with.',
    max: 20,
    maxItems: ASYMMETRIC_ALGORITHMS.length,
    values: ASYMMETRIC_ALGORITHMS,
    example: ['ES256'],
  })
  override algorithms!: string[];

  @EnumField(ASSERTION_SUBJECTS, { description: 'What the `sub` of an assertion names.' })
  override subject!: string;
}

/** Somebody whose assertions count as authorization grants (RFC 7523). */
export class TrustedIssuerDto extends CreateTrustedIssuerDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @BooleanField({ description: 'Whether its assertions are taken.' })
  enabled!: boolean;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was changed last.' })
  updatedAt!: Date;
}

export class ListTrustedIssuersDto extends ListDto {
  @SortField(TRUSTED_ISSUERS.sorts)
  sort?: string;

  @SearchField('the issuer')
  search?: string;

  @QueryBooleanField({ description: 'Only those that are enabled, or only the others.', optional: true })
  enabled?: boolean;

  @EnumField(ASSERTION_SUBJECTS, { description: 'Only those whose assertions name that.', optional: true })
  subject?: string;
}

export class TrustedIssuerPageDto extends PageOf(TrustedIssuerDto) {}
