import { Injectable } from '@nestjs/common';
import { type AdminCall, AdminTrail, changesOf } from '@tokenidp/admin-api';
import type { SettingsDto } from '../dto/settings.dto';
import type { DescribedTenant, Tenant } from '../tenant';
import type { TenantSettingsMergePatch, TenantSettingsPatch } from '../tenant-settings';
import { TenantsService } from '../tenants.service';
import { settingsView } from './settings.view';

/** A tenant's policy as its administrators see it, all of it or a part. */
@Injectable()
export class SettingsAdmin {
  constructor(
    private readonly tenants: TenantsService,
    private readonly trail: AdminTrail,
  ) {}

  async get(tenant: Tenant): Promise<SettingsDto> {
    return viewOf(await this.tenants.describe(tenant.id));
  }

  async update(tenant: Tenant, patch: object, call: AdminCall): Promise<SettingsDto> {
    return viewOf(await this.change(tenant, plain(patch), { call, view: viewOf }));
  }

  /** @param view what the caller has seen, for its entity tag */
  change(
    tenant: Tenant,
    patch: TenantSettingsMergePatch,
    { call, view }: { call: AdminCall; view: (current: DescribedTenant) => object },
  ): Promise<DescribedTenant> {
    const { actor, request } = call.change();
    return this.tenants.updateSettings(tenant.id, patch, {
      expect: call.expects(view),
      within: async ({ id, settings }, tx, before) => {
        const detail = { ...changesOf(before!.settings, settings) };
        const target = { type: 'tenant', id };
        await this.trail.record(id, { event: 'setting.changed', actor, target, detail, request }, tx);
      },
    });
  }
}

function viewOf(tenant: DescribedTenant): SettingsDto {
  return settingsView(tenant, tenant.chosen);
}

/** Without the classes that the validation needs. */
export function plain(patch: object): TenantSettingsMergePatch {
  return JSON.parse(JSON.stringify(patch)) as TenantSettingsPatch;
}
