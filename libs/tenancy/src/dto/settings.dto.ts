import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, IdField, JsonField, ObjectField, ObjectsField, TextField } from '@tokenidp/admin-api';
import { allSettings } from './settings-schema';

/** RFC 7396: what is absent stays, null takes back what was chosen. */
export class PatchSettingsDto extends allSettings('patch') {}

export class SettingValuesDto extends allSettings('values') {}

const ANY_VALUE = {
  anyOf: [{ type: 'integer' }, { type: 'string' }, { type: 'boolean' }, { type: 'array', items: {} }],
  nullable: true,
};

/** One setting with all that there is to know of it. */
export class SettingDto {
  @TextField({ description: 'JSON pointer to it in `values`.', max: 255, example: '/lifetimes/accessTokenSeconds' })
  pointer!: string;

  @TextField({ description: 'What it is for.', max: 1000, example: "How long a user's access token lives." })
  description!: string;

  @ApiProperty({ description: 'What holds; null for none.', example: 300, ...ANY_VALUE })
  value!: unknown;

  @ApiProperty({ description: 'What holds while nothing was chosen.', example: 300, ...ANY_VALUE })
  default!: unknown;

  @BooleanField({ description: 'Nothing was chosen: a better default of a later version holds at once.' })
  isDefault!: boolean;

  @JsonField({
    description: 'Its limits, as JSON Schema.',
    maxBytes: 4096,
    example: { type: 'integer', minimum: 60, maximum: 3600 },
  })
  schema!: Record<string, unknown>;
}

export class SettingsDto {
  @IdField({ description: 'Of the tenant.' })
  id!: string;

  @ObjectField(() => SettingValuesDto, { description: 'What holds, in the form of a patch.' })
  values!: object;

  @ObjectsField(() => SettingDto, { description: 'Every setting by itself.', maxItems: 200 })
  settings!: SettingDto[];
}
