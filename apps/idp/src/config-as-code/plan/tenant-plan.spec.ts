import { DEFAULT_TENANT_SETTINGS, mergeSettings, type Tenant, type TenantSettingsPatch } from '@tokenidp/tenancy';
import { chosenSettings, tenantSteps, wantedTenant } from './tenant-plan';

const tenant = (settings: TenantSettingsPatch = {}): Tenant =>
  ({
    id: '1',
    slug: 'acme',
    displayName: 'Acme',
    settings: mergeSettings(DEFAULT_TENANT_SETTINGS, settings),
  }) as Tenant;

describe('the tenant of a configuration', () => {
  it('shows what is not the default, and not where it lives', () => {
    const chosen: TenantSettingsPatch = {
      issuerMode: 'path',
      lifetimes: { idTokenSeconds: 60 },
      branding: { logoUri: 'https://acme.example/logo.png' },
      securityProfileFloor: 'fapi2-security',
    };
    const { issuerMode: _place, ...shown } = chosen;
    expect(chosenSettings(tenant(chosen))).toEqual(shown);
    expect(chosenSettings(tenant())).toEqual({});
  });

  it('loses what the document does not name, and keeps where it lives', async () => {
    const there = tenant({ issuerMode: 'path', lifetimes: { idTokenSeconds: 60, accessTokenSeconds: 120 } });
    const wanted = await wantedTenant(there, { settings: { lifetimes: { accessTokenSeconds: 90 } } });
    const [step] = tenantSteps(there, wanted);
    expect(step!.changes).toEqual([
      { member: 'settings.lifetimes.accessTokenSeconds', before: 120, after: 90 },
      {
        member: 'settings.lifetimes.idTokenSeconds',
        before: 60,
        after: DEFAULT_TENANT_SETTINGS.lifetimes.idTokenSeconds,
      },
    ]);
    expect(step!.input).toEqual({
      displayName: 'Acme',
      settings: { issuerMode: 'path', lifetimes: { accessTokenSeconds: 90 } },
    });
  });

  it('stays as it is where the document says nothing of it', async () => {
    const there = tenant({ lifetimes: { idTokenSeconds: 60 } });
    expect(tenantSteps(there, await wantedTenant(there, {}))).toEqual([]);
  });

  it.each([
    [{ lifetimes: { idTokenSecond: 60 } }, '/tenant/settings/lifetimes/idTokenSecond'],
    [{ password: { minLength: 1 } }, '/tenant/settings/password/minLength'],
    [{ password: null }, '/tenant/settings/password'],
    [{ nothing: {} }, '/tenant/settings/nothing'],
    [{ locales: { default: 'fr' } }, '/tenant/settings/locales/default'],
    [{ issuerMode: 'deployment' }, '/tenant/settings/issuerMode'],
  ])('refuses %j', async (settings, pointer) => {
    const error = await wantedTenant(tenant(), { settings }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ slug: 'invalid-input', errors: [{ pointer }] });
  });
});
