import { Body, Get, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ConfigAsCode } from './config-as-code.service';
import { ConfigurationDto } from './configuration.dto';
import { ApplyQueryDto, PlanDto } from './plan.dto';

@AdminController('config', 'Configuration')
export class ConfigAsCodeController {
  constructor(private readonly config: ConfigAsCode) {}

  @Get()
  @Operation('settings.read', 'Export the configuration', {
    description: 'With what is not the default, and no secret. Needs to see all sections, too.',
  })
  @ApiOkResponse({ type: ConfigurationDto })
  export(@CurrentTenant() tenant: Tenant, @Call() call: AdminCall): Promise<ConfigurationDto> {
    return this.config.export(tenant, call);
  }

  @Post('plan')
  @Operation('settings.read', 'Plan a configuration', {
    description: 'What an apply would do, and why it would be refused. Changes nothing; needs to see the sections.',
    errors: ['conflict'],
  })
  @ApiOkResponse({ type: PlanDto })
  plan(@CurrentTenant() tenant: Tenant, @Body() document: ConfigurationDto, @Call() call: AdminCall): Promise<PlanDto> {
    return this.config.plan(tenant, document, call);
  }

  @Post('apply')
  @Operation('settings.write', 'Apply a configuration', {
    description:
      'All of it or nothing; a section that is there is complete, others are left alone. Answers what was done, which is nothing the second time. Needs the permissions of what it changes, too.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: PlanDto })
  apply(
    @CurrentTenant() tenant: Tenant,
    @Body() document: ConfigurationDto,
    @Query() { expect }: ApplyQueryDto,
    @Call() call: AdminCall,
  ): Promise<PlanDto> {
    return this.config.apply(tenant, document, call, expect);
  }
}
