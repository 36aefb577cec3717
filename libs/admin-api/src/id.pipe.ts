import { Injectable, type PipeTransform } from '@nestjs/common';
import { isId, ProblemError } from '@tokenidp/kernel';

/** An id in a path that cannot be one names nothing: 404 like any other that does not exist. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isId(value)) throw new ProblemError('not-found', 'There is no such object.');
    return value;
  }
}
