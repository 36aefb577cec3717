import { IsIn, IsString, Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { field, type FieldOptions } from './field';

export interface TextOptions extends FieldOptions {
  readonly min?: number;
  /** characters */
  readonly max: number;
  readonly pattern?: RegExp;
  /** of JSON Schema; for the document only */
  readonly format?: string;
}

const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

/** What a database and a page can hold: no control character but tab and line end, no half of a surrogate pair. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !CONTROL.test(value);
}

const IsText = () =>
  ValidateBy({
    name: 'isText',
    validator: {
      validate: isText,
      defaultMessage: () => 'holds a control character or is not well-formed Unicode',
    },
  });

export function TextField({ min = 1, max, pattern, format, ...options }: TextOptions): PropertyDecorator {
  const limits = { minLength: min, maxLength: max };
  const schema = { type: 'string', ...limits, ...(pattern && { pattern: pattern.source }), ...(format && { format }) };
  const checks = [IsString(), IsText(), MinLength(min), MaxLength(max), ...(pattern ? [Matches(pattern)] : [])];
  return field(schema, options, checks);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of a row, in its one form. */
export function IdField(options: FieldOptions): PropertyDecorator {
  const shown = { example: '01990000-0000-7000-8000-000000000000', ...options };
  return field({ type: 'string', format: 'uuid' }, shown, [IsString(), Matches(UUID)]);
}

export function EnumField(values: readonly string[], options: FieldOptions): PropertyDecorator {
  return field({ type: 'string', enum: [...values] }, { example: values[0], ...options }, [IsIn([...values])]);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 with a zone. Stays text in the input; answers are in UTC. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  const shown = { example: '2026-11-24T12:00:00.000Z', ...options };
  const isInstant = (value: unknown): boolean =>
    typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
  const check = ValidateBy({
    name: 'isInstant',
    validator: { validate: isInstant, defaultMessage: () => '$property must be an instant with a zone (RFC 3339)' },
  });
  return field({ type: 'string', format: 'date-time' }, shown, [check]);
}

export interface TextsOptions extends FieldOptions {
  /** characters of each */
  readonly max: number;
  readonly maxItems: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

/** A list of texts, each once. */
export function TextsField({ max, maxItems, pattern, values, ...options }: TextsOptions): PropertyDecorator {
  const isItem = (item: unknown): boolean =>
    isText(item) &&
    item.length > 0 &&
    item.length <= max &&
    (pattern?.test(item) ?? true) &&
    (values?.includes(item) ?? true);
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.length <= maxItems && value.every(isItem) && new Set(value).size === value.length;
  const check = ValidateBy({
    name: 'isTexts',
    validator: {
      validate: isList,
      defaultMessage: () => `$property must be a list of at most ${maxItems} different texts of 1 to ${max} characters`,
    },
  });
  const items = {
    type: 'string',
    minLength: 1,
    maxLength: max,
    ...(pattern && { pattern: pattern.source }),
    ...(values && { enum: [...values] }),
  };
  return field({ type: 'array', maxItems, uniqueItems: true, items }, options, [check]);
}
