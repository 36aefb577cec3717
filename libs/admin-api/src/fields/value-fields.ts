import type { Type } from '@nestjs/common';
import { Transform, Type as TypeOf } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { field, type FieldOptions } from './field';

export function BooleanField(options: FieldOptions): PropertyDecorator {
  return field({ type: 'boolean' }, { example: true, ...options }, [IsBoolean()]);
}

export interface IntegerOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
}

export function IntegerField({ min, max, ...options }: IntegerOptions): PropertyDecorator {
  const schema = { type: 'integer', minimum: min, maximum: max };
  return field(schema, { example: min, ...options }, [IsInt(), Min(min), Max(max)]);
}

/** `?limit=20`: text that is a number becomes one, all else stays and is refused. */
export function QueryIntegerField(options: IntegerOptions): PropertyDecorator {
  const read = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value,
  );
  return applyDecorators(IntegerField(options), read);
}

/** `?active=true` */
export function QueryBooleanField(options: FieldOptions): PropertyDecorator {
  const read = Transform(({ value }: { value: unknown }) =>
    value === 'true' || value === 'false' ? value === 'true' : value,
  );
  return applyDecorators(BooleanField(options), read);
}

/** An object with members of its own. */
export function ObjectField(type: () => Type, options: FieldOptions): PropertyDecorator {
  return field({ type: () => type() }, options, [IsObject(), ValidateNested(), TypeOf(type)]);
}

/** A list of objects with members of their own. */
export function ObjectsField(
  type: () => Type,
  { maxItems, ...options }: FieldOptions & { readonly maxItems: number },
): PropertyDecorator {
  const checks = [IsArray(), ArrayMaxSize(maxItems), ValidateNested({ each: true }), TypeOf(type)];
  return field({ type: () => [type()], maxItems }, options, checks);
}

/** An object of any members, of at most `maxBytes` as JSON; how deep an input may be is bounded for all of it. */
export function JsonField({ maxBytes, ...options }: FieldOptions & { readonly maxBytes: number }): PropertyDecorator {
  const isJson = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Buffer.byteLength(JSON.stringify(value)) <= maxBytes;
  const check = ValidateBy({
    name: 'isJson',
    validator: { validate: isJson, defaultMessage: () => `$property must be an object of at most ${maxBytes} bytes` },
  });
  return field({ type: 'object', additionalProperties: true }, options, [check]);
}
