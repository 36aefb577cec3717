/** What JSON Schema says of a setting: the limits that its check holds. */
export type SettingSchema = Readonly<Record<string, unknown>>;

/** What is wrong with a value, or undefined; with the same limits for whoever asks before trying. */
export interface SettingRule {
  (value: unknown): string | undefined;
  readonly schema: SettingSchema;
}

/** A rule with what the setting is for, in a sentence for administrators. */
export interface Setting extends SettingRule {
  readonly description: string;
}

export function ruleOf(schema: SettingSchema, check: (value: unknown) => string | undefined): SettingRule {
  return Object.assign((value: unknown) => check(value), { schema });
}

export function setting(description: string, rule: SettingRule): Setting {
  return Object.assign((value: unknown) => rule(value), { schema: rule.schema, description });
}

export const between = (min: number, max: number): SettingRule =>
  ruleOf({ type: 'integer', minimum: min, maximum: max }, (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`,
  );

export const oneOf = (...allowed: readonly (string | number)[]): SettingRule =>
  ruleOf({ type: typeof allowed[0] === 'number' ? 'integer' : 'string', enum: allowed }, (value) =>
    allowed.includes(value as string) ? undefined : `must be one of ${allowed.join(', ')}`,
  );

const MOST = 50;

/** @param least how many there must be */
export const listOf = (rule: SettingRule, least = 1): SettingRule =>
  ruleOf({ type: 'array', minItems: least, maxItems: MOST, uniqueItems: true, items: rule.schema }, (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > MOST) {
      return `must be a list of ${least} to ${MOST}`;
    }
    if (new Set(value).size !== value.length) return 'must not name anything twice';
    for (const each of value) {
      const problem = rule(each);
      if (problem) return `each ${problem}`;
    }
    return undefined;
  });

export const optional = (rule: SettingRule): SettingRule =>
  ruleOf(rule.schema, (value) => (value === undefined ? undefined : rule(value)));

export const matching = (pattern: RegExp, description: string): SettingRule =>
  ruleOf({ type: 'string', pattern: pattern.source }, (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `must be ${description}`,
  );

export const trueOrFalse: SettingRule = ruleOf({ type: 'boolean' }, (value) =>
  typeof value === 'boolean' ? undefined : 'must be true or false',
);
