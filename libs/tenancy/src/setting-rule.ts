/** What is wrong with a value, or undefined. */
export type SettingRule = (value: unknown) => string | undefined;

export const between =
  (min: number, max: number): SettingRule =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;

export const oneOf =
  (...allowed: readonly (string | number)[]): SettingRule =>
  (value) =>
    allowed.includes(value as string) ? undefined : `must be one of ${allowed.join(', ')}`;

/** @param least how many there must be */
export const listOf =
  (rule: SettingRule, least = 1): SettingRule =>
  (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > 50) return `must be a list of ${least} to 50`;
    if (new Set(value).size !== value.length) return 'must not name anything twice';
    for (const each of value) {
      const problem = rule(each);
      if (problem) return `each ${problem}`;
    }
    return undefined;
  };

export const optional =
  (rule: SettingRule): SettingRule =>
  (value) =>
    value === undefined ? undefined : rule(value);

export const matching =
  (pattern: RegExp, description: string): SettingRule =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `must be ${description}`;

export const trueOrFalse: SettingRule = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
