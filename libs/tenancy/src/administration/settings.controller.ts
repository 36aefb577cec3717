import { Body, Get, Patch } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Operation } from '@tokenidp/admin-api';
import { PatchSettingsDto, SettingsDto } from '../dto/settings.dto';
import type { Tenant } from '../tenant';
import { CurrentTenant } from '../tenant-request';
import { SettingsAdmin } from './settings.admin';

@AdminController('settings', 'Settings')
export class SettingsController {
  constructor(private readonly settings: SettingsAdmin) {}

  @Get()
  @Operation('settings.read', 'Get all settings', {
    description: 'Each with what holds, its default, what it is for and its limits.',
  })
  @ApiOkResponse({ type: SettingsDto })
  get(@CurrentTenant() tenant: Tenant): Promise<SettingsDto> {
    return this.settings.get(tenant);
  }

  @Patch()
  @Operation('settings.write', 'Change settings', {
    description: 'A merge patch (RFC 7396): what is absent stays, null goes back to the default, lists are replaced.',
    ifMatch: true,
  })
  @ApiOkResponse({ type: SettingsDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Body() patch: PatchSettingsDto,
    @Call() call: AdminCall,
  ): Promise<SettingsDto> {
    return this.settings.update(tenant, patch, call);
  }
}
