import {
  EnumField,
  IdField,
  InstantField,
  IntegerField,
  JsonField,
  ListDto,
  ObjectField,
  PageOf,
  SearchField,
  TextField,
} from '@tokenidp/admin-api';
import { ApiProperty } from '@nestjs/swagger';

export class FixDto {
  @EnumField(['PATCH', 'POST', 'PUT'], { description: 'The method of the operation.' })
  operation!: string;

  @TextField({
    description: 'Its path below `/admin/api/v1`.',
    max: 255,
    example: '/clients/01990000-0000-7000-8000-000000000001',
  })
  path!: string;

  @TextField({ description: 'The member of its input.', max: 100, example: 'redirect_uris' })
  member!: string;

  @ApiProperty({
    description: 'The value that lets the same request through.',
    type: 'array',
    items: {},
    example: ['https://app.example/cb'],
  })
  value!: unknown;
}

export class FailedRequestDto {
  @IdField({ description: 'The id of the request, which its page and the log show.' })
  id!: string;

  @InstantField({ description: 'When it was refused.' })
  occurredAt!: Date;

  @TextField({ description: 'The endpoint.', max: 255, example: '/authorize' })
  endpoint!: string;

  @TextField({ description: 'The error that the caller was told.', max: 255, example: 'invalid_redirect_uri' })
  error!: string;

  @TextField({
    description: 'In the words that the caller was told.',
    max: 1000,
    example: 'redirect_uri is not registered for this application',
  })
  description!: string;

  @IntegerField({ description: 'The HTTP status of the error.', min: 0, max: 599, example: 400 })
  status!: number;

  @TextField({ description: 'The cause.', max: 255, example: 'redirect-uri-mismatch' })
  cause!: string;

  @TextField({
    description: 'The cause in words, with what the caller was not told.',
    max: 2000,
    example: 'The redirect_uri is not, character by character, one of the registered ones.',
  })
  explanation!: string;

  @IdField({ description: 'The row id of the application, where the request named one.', nullable: true })
  clientId!: string | null;

  @TextField({ description: 'The client_id in the request.', max: 1024, nullable: true, example: 'web-shop' })
  sentClientId!: string | null;

  @JsonField({
    description: 'What was sent, as far as it explains the failure and is no secret.',
    maxBytes: 65536,
    example: { redirect_uri: 'https://app.example/cb' },
  })
  sent!: Record<string, unknown>;

  @JsonField({
    description: 'What is registered in its place.',
    maxBytes: 65536,
    example: { redirect_uris: ['https://app.example/callback'] },
  })
  registered!: Record<string, unknown>;

  @ObjectField(() => FixDto, {
    description:
      'The one setting that would fix it, where it is one. Look at it first: the request may be of a stranger.',
    nullable: true,
  })
  fix!: FixDto | null;

  @IntegerField({
    description: 'How many more of this minute were not kept; 0 but in the row that says so.',
    min: 0,
    max: 2147483647,
  })
  omitted!: number;

  @TextField({ description: 'The address that it came from.', max: 255, nullable: true, example: '192.0.2.1' })
  ip!: string | null;

  @TextField({ description: 'What the caller said it is.', max: 255, nullable: true, example: 'Mozilla/5.0' })
  userAgent!: string | null;
}

/** The newest first. */
export const FAILED_SORTS = ['-occurredAt', 'occurredAt'] as const;

export class ListFailedRequestsDto extends ListDto {
  @EnumField(FAILED_SORTS, {
    description: 'The order; with `-` the newest first.',
    optional: true,
    default: '-occurredAt',
  })
  sort?: string;

  @SearchField('the description, the explanation or the client_id')
  search?: string;

  @IdField({ description: 'The row id of an application.', optional: true })
  clientId?: string;

  @TextField({ description: 'An endpoint.', max: 255, optional: true, example: '/token' })
  endpoint?: string;

  @TextField({ description: 'An error.', max: 255, optional: true, example: 'invalid_client' })
  error?: string;

  @TextField({ description: 'A cause.', max: 255, optional: true, example: 'wrong-credentials' })
  cause?: string;

  @IdField({ description: 'A request.', optional: true })
  requestId?: string;

  @InstantField({ description: 'Not before.', optional: true })
  from?: string;

  @InstantField({ description: 'Not after.', optional: true })
  to?: string;
}

export class FailedRequestPageDto extends PageOf(FailedRequestDto) {}
