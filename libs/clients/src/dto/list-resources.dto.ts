import { OmitType } from '@nestjs/swagger';
import {
  EnumField,
  EXPORT_FORMATS,
  type ExportFormat,
  ListDto,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
} from '@tokenidp/admin-api';
import { RESOURCES } from '../resources.list';
import { ResourceSummaryDto } from './resource.dto';

export class ListResourcesDto extends ListDto {
  @SortField(RESOURCES.sorts)
  sort?: string;

  @SearchField('the name or the identifier')
  search?: string;

  @EnumField(['jwt', 'opaque'], { description: 'Only those of that token format.', optional: true })
  tokenFormat?: string;

  @QueryBooleanField({ description: "Only the provider's own, or only the others.", optional: true })
  builtIn?: boolean;
}

export class ResourcePageDto extends PageOf(ResourceSummaryDto) {}

/** An export has no pages. */
export class ExportResourcesDto extends OmitType(ListResourcesDto, ['limit', 'cursor']) {
  @EnumField(EXPORT_FORMATS, {
    description: 'A JSON object a line, or CSV (RFC 4180).',
    optional: true,
    default: 'ndjson',
  })
  format?: ExportFormat;
}
