import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';

/** What every field says of itself, once for the validation and for the OpenAPI document. */
export interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  /** may be absent */
  readonly optional?: boolean;
  /** may be null: in a merge patch that takes the member away (RFC 7396) */
  readonly nullable?: boolean;
  readonly default?: unknown;
}

/** One member of an input: its schema, and checks that are skipped where it may be absent and is. */
export function field(
  schema: Readonly<Record<string, unknown>>,
  { description, example, optional = false, nullable = false, default: fallback }: FieldOptions,
  checks: readonly PropertyDecorator[],
): PropertyDecorator {
  const shown = {
    ...schema,
    description,
    required: !optional,
    ...(nullable ? { nullable } : {}),
    ...(example === undefined ? {} : { example }),
    ...(fallback === undefined ? {} : { default: fallback }),
  } as ApiPropertyOptions;
  const isChecked = (_object: object, value: unknown): boolean =>
    !((optional && value === undefined) || (nullable && value === null));
  return applyDecorators(ApiProperty(shown), ValidateIf(isChecked), ...checks);
}
