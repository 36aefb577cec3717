import type { Type } from '@nestjs/common';
import { type BulkResultsDto, eachRow, entityTag, InputPipe, problemOf } from '@tokenidp/admin-api';
import { ProblemError } from '@tokenidp/kernel';
import type { BulkDto, BulkOperationDto } from './dto/bulk.dto';

/** Called with the row as it is shown, held; throws where the caller has seen another one. */
type Check = (view: object) => void;
type Made = Readonly<Record<string, unknown>> & { readonly rowId: string };

/** How the rows of one noun are written. */
export interface BulkNoun<C extends object, P extends object> {
  readonly inputs: { readonly create: Type<C>; readonly patch: Type<P> };
  create(input: C): Promise<Made>;
  update(id: string, patch: P, check: Check): Promise<unknown>;
  delete(id: string, check: Check): Promise<unknown>;
}

const pipe = new InputPipe();

/** Each row is held to the same rules as the operation it stands for; what is wrong is named by its place in the request. */
export function bulkRows<C extends object, P extends object>(
  { operations }: BulkDto,
  noun: BulkNoun<C, P>,
): Promise<BulkResultsDto> {
  return eachRow([...operations.entries()], ([index, row]) => at(`/operations/${index}`, () => write(row, noun)));
}

async function write<C extends object, P extends object>(row: BulkOperationDto, noun: BulkNoun<C, P>) {
  const { op, id, etag } = row;
  if (op === 'create') {
    return { status: 201, ...(await at('/data', () => noun.create(read(row, noun.inputs.create)))) };
  }
  if (id === undefined) throw refused('/id', 'It is needed for what exists.');
  if (op === 'delete') {
    await noun.delete(id, checkOf(etag ?? '*'));
    return { status: 204, rowId: id };
  }
  if (etag === undefined) throw new ProblemError('precondition-required', 'Send the ETag of the object as etag, or *.');
  await at('/data', () => noun.update(id, read(row, noun.inputs.patch), checkOf(etag)));
  return { status: 200, rowId: id };
}

/** What the work refuses is said of members below the place. */
async function at<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { slug, detail, errors } = problemOf(error);
    if (errors.length === 0) throw error;
    const placed = errors.map((field) => ({ ...field, pointer: place + field.pointer }));
    throw new ProblemError(slug, detail, placed);
  }
}

function read<T extends object>({ data }: BulkOperationDto, metatype: Type<T>): T {
  if (data === undefined) throw refused('', 'It is needed.');
  return pipe.transform(data, { type: 'body', metatype }) as T;
}

function refused(pointer: string, detail: string): ProblemError {
  return new ProblemError('invalid-input', detail, [{ pointer, detail }]);
}

function checkOf(etag: string): Check {
  return (view) => {
    if (etag === '*' || etag === entityTag(view)) return;
    throw new ProblemError('precondition-failed', 'The object has changed since you have read it: read it again.');
  };
}
