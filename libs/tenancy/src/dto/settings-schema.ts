/** DTO members made of the one table of settings: what is checked is what the OpenAPI document says. */
import type { Type } from '@nestjs/common';
import { field, ObjectField } from '@tokenidp/admin-api';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import type { Setting } from '../setting-rule';
import { DEFAULT_TENANT_SETTINGS } from '../tenant-settings';
import { SETTING_RULES } from '../tenant-settings-rules';

type Section = Readonly<Record<string, Setting>>;
export type SectionName = {
  [S in keyof typeof SETTING_RULES]: (typeof SETTING_RULES)[S] extends Setting ? never : S;
}[keyof typeof SETTING_RULES];

export function isSetting(rule: Setting | object): rule is Setting {
  return typeof rule === 'function';
}

/** `patch`: every member may be absent, and null takes back what was chosen (RFC 7396). */
type Purpose = 'values' | 'patch';

function addSetting(dto: Type, [name, rule]: readonly [string, Setting], fallback: unknown, purpose: Purpose): void {
  const isPatch = purpose === 'patch';
  const check = ValidateBy({
    name: 'isSetting',
    validator: {
      validate: (value) => rule(value) === undefined,
      defaultMessage: (told?: ValidationArguments) => `It ${rule(told?.value) ?? 'is not valid'}.`,
    },
  });
  const options = {
    description: rule.description,
    optional: isPatch,
    nullable: isPatch || fallback === undefined,
    ...(fallback === undefined ? {} : { default: fallback, example: fallback }),
  };
  field(rule.schema, options, [check])(dto.prototype as object, name);
}

/** JSON Schema of all settings, of the same table: each with its limits and its default. */
export function settingsJsonSchema(): Record<string, unknown> {
  const sections = Object.entries(SETTING_RULES).map(([name, rules]) => {
    const defaults: unknown = DEFAULT_TENANT_SETTINGS[name as keyof typeof SETTING_RULES];
    if (isSetting(rules)) return [name, memberSchema(rules, defaults)] as const;
    const members = Object.entries(rules as unknown as Section).map(([member, rule]) => [
      member,
      memberSchema(rule, (defaults as Record<string, unknown>)[member]),
    ]);
    return [name, objectSchema(Object.fromEntries(members) as Record<string, unknown>)] as const;
  });
  return objectSchema(Object.fromEntries(sections));
}

function memberSchema({ schema, description }: Setting, fallback: unknown): Record<string, unknown> {
  return { ...schema, description, ...(fallback === undefined ? {} : { default: fallback }) };
}

function objectSchema(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, additionalProperties: false };
}

const made = new Map<string, Type>();

/** The DTO of one section: `class KeyPolicyPatchDto extends settingsSection('keys', 'patch') {}`. */
export function settingsSection(name: SectionName, purpose: Purpose): Type {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}Settings${purpose === 'patch' ? 'Patch' : ''}Dto`;
  const known = made.get(title);
  if (known) return known;
  const dto = { [title]: class {} }[title]!;
  const defaults = DEFAULT_TENANT_SETTINGS[name] as unknown as Record<string, unknown>;
  for (const each of Object.entries(SETTING_RULES[name] as unknown as Section)) {
    addSetting(dto, each, defaults[each[0]], purpose);
  }
  made.set(title, dto);
  return dto;
}

/** The DTO of all settings, section by section. */
export function allSettings(purpose: Purpose): Type {
  const dto = class {};
  for (const [name, rules] of Object.entries(SETTING_RULES)) {
    if (isSetting(rules)) {
      addSetting(dto, [name, rules], DEFAULT_TENANT_SETTINGS[name as keyof typeof SETTING_RULES], purpose);
      continue;
    }
    const section = settingsSection(name as SectionName, purpose);
    const isPatch = purpose === 'patch';
    const options = { description: `Settings of \`${name}\`.`, optional: isPatch, nullable: isPatch };
    ObjectField(() => section, options)(dto.prototype as object, name);
  }
  return dto;
}
