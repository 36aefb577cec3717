import { ListDto, SearchField, SortField } from '@tokenidp/admin-api';
import { ASSIGNMENTS } from '../client-assignments.list';

export class ListAssignmentsDto extends ListDto {
  @SortField(ASSIGNMENTS.sorts)
  sort?: string;

  @SearchField('the name or the identifier of the API')
  search?: string;
}
