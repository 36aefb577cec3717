import { DomainError, type ProblemField } from '@tokenidp/kernel';
import type { Setting } from './setting-rule';
import type { TenantSettings } from './tenant-settings';
import { SETTING_RULES } from './tenant-settings-rules';

/** One setting and what is wrong with it; `member` is dotted, as in `lifetimes.accessTokenSeconds`. */
export interface SettingProblem {
  member: string;
  message: string;
}

export class TenantSettingsError extends DomainError {
  readonly slug = 'invalid-input';
  override readonly fields: readonly ProblemField[];

  constructor(readonly problems: readonly SettingProblem[]) {
    super(problems.map(({ member, message }) => `${member} ${message}`).join('; '));
    this.name = 'TenantSettingsError';
    this.fields = problems.map(({ member, message }) => ({ pointer: pointerOf(member), detail: `It ${message}.` }));
  }
}

function pointerOf(member: string): string {
  return `/${member.replace(/\.$/, '').replaceAll('.', '/')}`;
}

/**
 * Looks at complete settings, or at anything that claims to be; unknown members are refused.
 * @param rootDomain of the deployment, below which a tenant may want to live
 * @throws TenantSettingsError
 */
export function validateSettings(settings: unknown, rootDomain?: string): asserts settings is TenantSettings {
  const problems = membersOf(settings, SETTING_RULES, '');
  if (problems.length === 0) problems.push(...crossProblems(settings as TenantSettings, rootDomain));
  if (problems.length > 0) throw new TenantSettingsError(problems);
}

type RuleTree = { readonly [member: string]: Setting | RuleTree };

function membersOf(value: unknown, rules: RuleTree, path: string): SettingProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ member: path, message: 'must be an object' }];
  }
  const members = value as Record<string, unknown>;
  const unknown = Object.keys(members)
    .filter((name) => !Object.hasOwn(rules, name))
    .map((name) => ({ member: path + name, message: 'is not a setting' }));
  return [...unknown, ...Object.entries(rules).flatMap(([name, rule]) => memberOf(members[name], rule, path + name))];
}

function memberOf(value: unknown, rule: Setting | RuleTree, path: string): SettingProblem[] {
  if (typeof rule !== 'function') return membersOf(value, rule, `${path}.`);
  const message = rule(value);
  return message ? [{ member: path, message }] : [];
}

/** What two settings say of one another. */
function crossProblems({ issuerMode, lifetimes, locales }: TenantSettings, rootDomain?: string): SettingProblem[] {
  const problems: SettingProblem[] = [];
  if (issuerMode === 'subdomain' && rootDomain === undefined) {
    problems.push({ member: 'issuerMode', message: 'needs a deployment that names a root domain' });
  }
  for (const kind of ['session', 'refreshPublic', 'refreshConfidential'] as const) {
    if (lifetimes[`${kind}IdleSeconds`] > lifetimes[`${kind}AbsoluteSeconds`]) {
      problems.push({ member: `lifetimes.${kind}IdleSeconds`, message: 'must not exceed the absolute end' });
    }
  }
  if (!locales.supported.includes(locales.default)) {
    problems.push({ member: 'locales.default', message: 'must be one of the supported languages' });
  }
  return problems;
}
