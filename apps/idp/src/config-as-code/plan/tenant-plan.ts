import {
  DEFAULT_TENANT_SETTINGS,
  mergeSettings,
  type Tenant,
  type TenantSettingsPatch,
  validateSettings,
} from '@tokenidp/tenancy';
import { isDeepStrictEqual } from 'node:util';
import type { ConfigTenantDto } from '../configuration.dto';
import { atPointer } from './at-pointer';
import { type Members, refused, type Step, stepsOf } from './step';

/** What the tenant is to be. */
export interface TenantInput {
  readonly displayName: string;
  readonly settings: TenantSettingsPatch;
}

/** Where a tenant lives is decided with it: another issuer would end all that the old one has issued. */
const PLACE = 'issuerMode';

/** Settings that are not their defaults, by section. */
export function chosenSettings({ settings }: Pick<Tenant, 'settings'>): TenantSettingsPatch {
  const sections = Object.entries(settings).map(([name, value]) => [
    name,
    chosen(value, DEFAULT_TENANT_SETTINGS[name as keyof typeof settings]),
  ]);
  return Object.fromEntries(sections.filter(([name, value]) => name !== PLACE && value !== undefined));
}

function chosen(value: unknown, fallback: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === fallback ? undefined : value;
  const members = Object.entries(value).filter(
    ([name, member]) => !isDeepStrictEqual(member, (fallback as Members | undefined)?.[name]),
  );
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

/** The tenant as the document wants it. @throws ProblemError */
export async function wantedTenant(tenant: Tenant, wanted: ConfigTenantDto, rootDomain?: string): Promise<Tenant> {
  const { displayName = tenant.displayName, settings } = wanted;
  if (settings === undefined) return { ...tenant, displayName };
  if (Object.hasOwn(settings, PLACE)) throw refused(`/tenant/settings/${PLACE}`, 'is not changed by a configuration');
  const all = mergeSettings(DEFAULT_TENANT_SETTINGS, { ...settings, [PLACE]: tenant.settings[PLACE] });
  await atPointer('/tenant', () => validateSettings(all, rootDomain));
  return { ...tenant, displayName, settings: all };
}

export function tenantSteps(there: Tenant, wanted: Tenant): Step<TenantInput>[] {
  const { issuerMode } = there.settings;
  const place = issuerMode === DEFAULT_TENANT_SETTINGS.issuerMode ? {} : { issuerMode };
  const input = { displayName: wanted.displayName, settings: { ...chosenSettings(wanted), ...place } };
  const entry = (tenant: Tenant) => ({
    key: there.slug,
    id: there.id,
    members: flat(tenant),
    pointer: '/tenant',
    input,
  });
  return stepsOf('tenant', '/tenant', [entry(there)], [entry(wanted)]);
}

function flat({ displayName, settings }: Tenant): Members {
  const members = Object.entries(settings).flatMap(([section, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([name, member]) => [`settings.${section}.${name}`, member])
      : [[`settings.${section}`, value]],
  );
  return { displayName, ...Object.fromEntries(members) };
}
