import { newId } from '@tokenidp/kernel';
import { TenancyError } from './tenancy-error';
import { DEFAULT_TENANT_SETTINGS, mergeSettings, type TenantSettingsPatch } from './tenant-settings';
import type { TenantRow } from './tenants.repository';
import { validateSettings } from './validate-settings';

const MAX_NAME = 200;

export interface NewTenant {
  slug: string;
  name: string;
  /** What people see; the name when absent. */
  displayName?: string;
  sandbox?: boolean;
  settings?: TenantSettingsPatch;
}

/** @throws TenancyError for a name or a setting that is not fit */
export function newRow(input: NewTenant, kind: TenantRow['kind'], rootDomain?: string): TenantRow {
  const settings = input.settings ?? {};
  validateSettings(mergeSettings(DEFAULT_TENANT_SETTINGS, settings), rootDomain);
  return {
    id: newId(),
    slug: input.slug,
    name: checkedName(input.name, 'name'),
    displayName: checkedName(input.displayName ?? input.name, 'displayName'),
    status: 'active',
    kind,
    sandbox: input.sandbox ?? false,
    settings,
    domain: null,
  };
}

/** As it is stored. @throws TenancyError (`invalid-name`) */
export function checkedName(name: string, member: string): string {
  const isFit =
    name.isWellFormed() &&
    name.length <= MAX_NAME &&
    name.trim() !== '' &&
    !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(name);
  if (!isFit) throw new TenancyError('invalid-name', `A name is 1 to ${MAX_NAME} visible characters.`, member);
  return name.normalize('NFC');
}
