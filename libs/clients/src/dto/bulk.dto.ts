import { EnumField, IdField, JsonField, MAX_BULK, ObjectsField, TextField } from '@tokenidp/admin-api';

/** One row of a bulk request. */
export class BulkOperationDto {
  @EnumField(['create', 'update', 'delete'], { description: 'What is to be done.' })
  op!: 'create' | 'update' | 'delete';

  @IdField({ description: 'Of what is changed or deleted.', optional: true })
  id?: string;

  @TextField({
    description: 'The `ETag` as it was read, or `*` for any; a change needs one.',
    max: 100,
    optional: true,
    example: '*',
  })
  etag?: string;

  @JsonField({
    description: 'What is made, as in a create; or what is changed, as in a patch.',
    maxBytes: 65_536,
    optional: true,
    example: { name: 'Invoices' },
  })
  data?: Record<string, unknown>;
}

export class BulkDto {
  @ObjectsField(() => BulkOperationDto, { description: 'Each row by itself, in order.', maxItems: MAX_BULK })
  operations!: BulkOperationDto[];
}
