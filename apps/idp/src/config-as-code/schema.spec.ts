import { validateSettings, DEFAULT_TENANT_SETTINGS, settingsJsonSchema } from '@tokenidp/tenancy';
import { configSchema } from './schema';

type Node = Record<string, never>;
const path = (root: unknown, ...names: string[]): unknown =>
  names.reduce((node, name) => (node as Node | undefined)?.[name], root);

const configTenant = { properties: { settings: { type: 'object', description: 'Settings.' } } };
const references = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const schemas = {
  ConfigurationDto: { properties: { tenant: references('ConfigTenantDto') } },
  ConfigTenantDto: configTenant,
};
const schema = configSchema({ components: { schemas } } as never);
const settings = path(schema, '$defs', 'ConfigTenantDto', 'properties', 'settings');

describe('the schema of configuration files', () => {
  it('RFC 9457 §3 has the limits that the API has, for they are of one table', () => {
    const { issuerMode, ...all } = settingsJsonSchema().properties as Record<string, unknown>;
    expect(issuerMode).toBeDefined();
    expect(path(settings, 'properties')).toEqual(all);
    expect(path(settings, 'additionalProperties')).toBe(false);
    expect(path(settings, 'properties', 'lifetimes', 'properties', 'accessTokenSeconds')).toMatchObject({
      ...{ type: 'integer', minimum: 60, maximum: 3600, default: 300 },
      description: expect.any(String),
    });
  });

  it.each([
    ['lifetimes', 'accessTokenSeconds', 'minimum', -1] as const,
    ['keys', 'rotationDays', 'maximum', 1] as const,
  ])('%s.%s ends where it says', (section, member, limit, step) => {
    const end = path(settings, 'properties', section, 'properties', member, limit) as number;
    const withValue = (value: number) => ({
      ...DEFAULT_TENANT_SETTINGS,
      [section]: { ...DEFAULT_TENANT_SETTINGS[section], [member]: value },
    });
    expect(() => validateSettings(withValue(end))).not.toThrow();
    expect(() => validateSettings(withValue(end + step))).toThrow();
  });
});
