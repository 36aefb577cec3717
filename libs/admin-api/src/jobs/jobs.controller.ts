import { Get, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, Call } from '../admin-call';
import { AdminController } from '../admin-controller';
import { Operation } from '../operation';
import { JobDto, JobRunPageDto, JobsDto, JobStartDto, ListJobRunsDto } from './job.dto';
import { JobsAdmin } from './jobs.admin';

@AdminController('jobs', 'Jobs')
export class JobsController {
  constructor(private readonly jobs: JobsAdmin) {}

  @Get()
  @Operation('jobs.read', 'List jobs', { description: 'What the server does by itself, when, and how it went.' })
  @ApiOkResponse({ type: JobsDto })
  list(): Promise<JobsDto> {
    return this.jobs.list();
  }

  @Get(':name')
  @Operation('jobs.read', 'Get a job', { errors: ['not-found'] })
  @ApiOkResponse({ type: JobDto })
  get(@Param('name') name: string): Promise<JobDto> {
    return this.jobs.get(name);
  }

  @Get(':name/runs')
  @Operation('jobs.read', 'List the runs of a job', {
    description: 'Those of the last 30 days.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: JobRunPageDto })
  runs(@Param('name') name: string, @Query() query: ListJobRunsDto, @Call() call: AdminCall): Promise<JobRunPageDto> {
    return this.jobs.runs(name, call.tenantId, query);
  }

  @Post(':name/run')
  @Operation('jobs.write', 'Run a job now', {
    description: 'Begins it and does not wait for its end: its runs tell how it went.',
    status: 202,
    errors: ['not-found', 'conflict'],
  })
  @ApiAcceptedResponse({ type: JobStartDto })
  run(@Param('name') name: string, @Call() call: AdminCall): Promise<JobStartDto> {
    return this.jobs.run(name, call);
  }
}
