import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { EnumField, QueryIntegerField, TextField } from '../fields';

const MAX_LIMIT = 200;
export const DEFAULT_LIMIT = 50;

/** What every list is asked with; a noun adds its filters, `sort` and `search`. */
export class ListDto {
  @QueryIntegerField({
    description: 'How many at most.',
    min: 1,
    max: MAX_LIMIT,
    optional: true,
    default: DEFAULT_LIMIT,
    example: DEFAULT_LIMIT,
  })
  limit?: number;

  @TextField({
    description: 'Where to go on: the `nextCursor` of the page before, with the same filters and order.',
    max: 2048,
    optional: true,
  })
  cursor?: string;
}

/** `sort=name` or `sort=-createdAt`. The first of the sorts is the default. */
export function SortField(sorts: readonly string[]): PropertyDecorator {
  const description = 'The order; with `-` the other way round.';
  return EnumField(sorts, { description, optional: true, default: sorts[0] });
}

export function SearchField(what: string): PropertyDecorator {
  return TextField({ description: `Part of ${what}, in any case.`, max: 200, optional: true, example: 'ann' });
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** null on the last page */
  readonly nextCursor: string | null;
}

/** The DTO of a page: `class ClientPageDto extends PageOf(ClientDto) {}`. */
export function PageOf<T>(item: Type<T>) {
  class PageDto implements Page<T> {
    @ApiProperty({ type: [item], description: 'This page.' })
    items!: readonly T[];

    @ApiProperty({ type: String, nullable: true, description: 'For the next page; null on the last one.' })
    nextCursor!: string | null;
  }
  return PageDto;
}
