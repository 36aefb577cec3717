import { Logger } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { newId } from '@tokenidp/kernel';
import { problemOf } from './problem-of';
import { ProblemDto } from './problem.dto';

export const MAX_BULK = 1000;

const logger = new Logger('Bulk');

/** What became of one row of a bulk request. */
export class BulkResultDto {
  @ApiProperty({ description: 'The place of the row in the request, from 0.', type: 'integer', example: 0 })
  index!: number;

  @ApiProperty({ description: 'The status that the row would have had by itself.', type: 'integer', example: 201 })
  status!: number;

  @ApiProperty({ description: 'Of what was created or changed.', format: 'uuid', required: false })
  rowId?: string;

  @ApiProperty({ description: 'Why nothing was done.', type: ProblemDto, required: false })
  problem?: ProblemDto;
}

export class BulkResultsDto {
  @ApiProperty({ description: 'One for each row, in the same order.', type: [BulkResultDto] })
  results!: BulkResultDto[];
}

/** Each row by itself, in order: what fails leaves the others alone. */
export async function eachRow<T>(
  rows: readonly T[],
  work: (row: T) => Promise<{ status: number; rowId: string }>,
): Promise<BulkResultsDto> {
  const results: BulkResultDto[] = [];
  for (const [index, row] of rows.entries()) {
    try {
      results.push({ index, ...(await work(row)) });
    } catch (error) {
      const problem = problemOf(error);
      // The rows before it are done, whatever happened to this one.
      if (problem.slug === 'internal-error') logger.error(error);
      results.push({ index, status: problem.status, problem: problem.toBody(newId()) as unknown as ProblemDto });
    }
  }
  return { results };
}
