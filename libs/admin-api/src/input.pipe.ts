/**
 * @spec RFC 9457 §3.1, ASVS V8.2.3 — an input is exactly what its DTO declares: each wrong, missing or unknown member
 * is named by a JSON pointer, and nothing was done (S-177).
 */
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemError, type ProblemField } from '@tokenidp/kernel';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { inputProblem, pointerTo } from './input-shape';

const PLAIN: readonly unknown[] = [String, Number, Boolean, Array, Object];
const MAX_ERRORS = 100;

@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || type === 'param' || !metatype || PLAIN.includes(metatype)) return value;
    const problem = inputProblem(value);
    if (problem) throw invalid([problem]);
    const input: object = plainToInstance(metatype, value) as object;
    const errors = validateSync(input, { whitelist: true, forbidNonWhitelisted: true });
    if (errors.length > 0) throw invalid(errors.flatMap((error) => fieldsOf(error, '')).slice(0, MAX_ERRORS));
    return input;
  }
}

function invalid(fields: readonly ProblemField[]): ProblemError {
  return new ProblemError('invalid-input', 'The input is not valid; nothing was changed.', fields);
}

function fieldsOf({ property, constraints, children = [] }: ValidationError, above: string): ProblemField[] {
  const pointer = pointerTo(above, property);
  const own = Object.entries(constraints ?? {}).map(([name, message]) => ({
    pointer,
    detail: name === 'whitelistValidation' ? 'There is no such member here.' : message,
  }));
  return [...own.slice(0, 1), ...children.flatMap((child) => fieldsOf(child, pointer))];
}
