import { EnumField, IdField, JsonField, MAX_BULK, ObjectsField, TextField } from '@tokenidp/admin-api';

const optional = true;

/** One row of a bulk request. */
export class UserOperationDto {
  @EnumField(['create', 'update', 'delete'], { description: 'What is done.' })
  op!: 'create' | 'update' | 'delete';

  @IdField({ description: 'Of the user that is changed or deleted.', optional })
  id?: string;

  @TextField({
    description: 'The `ETag` of the user as it was read, or `*` for whatever is there; needed for a change.',
    max: 100,
    optional,
    example: '*',
  })
  etag?: string;

  @JsonField({
    description: 'For `create` a whole user, for `update` a merge patch, as in the operations for one user.',
    maxBytes: 200_000,
    optional,
    example: { username: 'ada', email: 'ada@example.com' },
  })
  data?: Record<string, unknown>;
}

export class BulkUsersDto {
  @ObjectsField(() => UserOperationDto, {
    description: `At most ${MAX_BULK} rows, each by itself: one that fails leaves the others alone.`,
    maxItems: MAX_BULK,
  })
  operations!: UserOperationDto[];
}
