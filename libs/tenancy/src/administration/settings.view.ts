import type { SettingDto, SettingsDto } from '../dto/settings.dto';
import { isSetting } from '../dto/settings-schema';
import type { Setting } from '../setting-rule';
import type { Tenant } from '../tenant';
import { DEFAULT_TENANT_SETTINGS, type TenantSettingsPatch } from '../tenant-settings';
import { SETTING_RULES } from '../tenant-settings-rules';

type Members = Readonly<Record<string, unknown>>;

/** What holds, what was chosen, and what would hold otherwise. */
interface Layers {
  readonly value: Members;
  readonly chosen: Members;
  readonly fallback: Members;
}

export function settingsView(
  { id, settings }: Pick<Tenant, 'id' | 'settings'>,
  chosen: TenantSettingsPatch,
): SettingsDto {
  const layers = { value: settings, chosen, fallback: DEFAULT_TENANT_SETTINGS } as unknown as Layers;
  return { id, values: settings, settings: viewsOf(SETTING_RULES, layers, '') };
}

function viewsOf(rules: object, { value, chosen, fallback }: Layers, above: string): SettingDto[] {
  return Object.entries(rules as Record<string, Setting | object>).flatMap(([name, rule]) => {
    const pointer = `${above}/${name}`;
    if (isSetting(rule)) return [viewOf(rule, pointer, [value[name], chosen[name], fallback[name]])];
    const below = { value: value[name], chosen: chosen[name] ?? {}, fallback: fallback[name] } as Layers;
    return viewsOf(rule, below, pointer);
  });
}

function viewOf({ description, schema }: Setting, pointer: string, layers: [unknown, unknown, unknown]): SettingDto {
  const [value, chosen, fallback] = layers;
  return {
    pointer,
    description,
    value: value ?? null,
    default: fallback ?? null,
    isDefault: chosen === undefined,
    schema: { ...schema },
  };
}
