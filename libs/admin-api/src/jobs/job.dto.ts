import { ApiProperty } from '@nestjs/swagger';
import { JOB_RUNS } from '@tokenidp/database';
import { EnumField, IdField, InstantField, IntegerField, ObjectField, QueryBooleanField, TextField } from '../fields';
import { ListDto, PageOf, SortField } from '../lists/list.dto';

const MAX_TEXT = 2000;
const RESULTS = ['running', 'success', 'failure', 'lost'];

export class JobRunDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @InstantField({ description: 'When it began.' })
  startedAt!: Date;

  @InstantField({ description: 'When it ended.', nullable: true })
  endedAt!: Date | null;

  @IntegerField({ description: 'How long it took.', min: 0, max: Number.MAX_SAFE_INTEGER, nullable: true, example: 17 })
  milliseconds!: number | null;

  @EnumField(RESULTS, { description: '`lost`: its instance ended before it did.', example: 'success' })
  result!: string;

  @TextField({ description: 'What was done.', max: MAX_TEXT, nullable: true, example: 'nothing to delete' })
  summary!: string | null;

  @TextField({ description: 'Why it failed.', max: MAX_TEXT, nullable: true, example: 'no connection' })
  error!: string | null;

  @TextField({ description: 'Host and process that did it.', max: 255, nullable: true, example: 'idp-1/4711' })
  instance!: string | null;
}

/** Who does a job just now. */
export class JobLockDto {
  @TextField({ description: 'Host and process.', max: 255, nullable: true, example: 'idp-1/4711' })
  instance!: string | null;

  @InstantField({ description: 'When another instance may take over, unless it is renewed.' })
  expiresAt!: Date;
}

export class JobDto {
  @TextField({ description: 'Its name.', max: 255, example: 'key-rotation' })
  name!: string;

  @TextField({ description: 'What it does.', max: 1000, example: 'Makes, activates and retires signing keys in time.' })
  description!: string;

  @TextField({
    description: 'When it runs, as cron has it; six fields begin with seconds.',
    max: 100,
    example: '0 * * * * *',
  })
  schedule!: string;

  @InstantField({ description: 'When this instance tries next; one of all instances does it.', nullable: true })
  nextRunAt!: Date | null;

  @ObjectField(() => JobRunDto, {
    description: 'The last time it was done; jobs that find nothing to do may leave none.',
    nullable: true,
  })
  lastRun!: JobRunDto | null;

  @ObjectField(() => JobLockDto, { description: 'Who does it just now.', nullable: true })
  lock!: JobLockDto | null;
}

export class JobsDto {
  @ApiProperty({ description: 'All jobs, by name.', type: [JobDto] })
  items!: readonly JobDto[];

  @ApiProperty({ description: 'Always null: there is one page.', type: String, nullable: true })
  nextCursor!: null;
}

export class ListJobRunsDto extends ListDto {
  @SortField(JOB_RUNS.sorts.toReversed())
  sort?: string;

  @QueryBooleanField({ description: 'Only those that failed, or only the others.', optional: true })
  failed?: boolean;
}

export class JobRunPageDto extends PageOf(JobRunDto) {}

export class JobStartDto {
  @TextField({ description: 'The job that was begun.', max: 255, example: 'key-rotation' })
  name!: string;

  @InstantField({ description: 'When.' })
  startedAt!: Date;
}
