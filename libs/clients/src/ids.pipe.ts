import { Injectable, type PipeTransform } from '@nestjs/common';
import { IdPipe } from '@tokenidp/admin-api';

/** All ids of a path at once: `@Param(IdsPipe) path: SecretPathDto`. */
@Injectable()
export class IdsPipe implements PipeTransform<Record<string, string>, Record<string, string>> {
  private readonly each = new IdPipe();

  transform(path: Record<string, string>): Record<string, string> {
    for (const id of Object.values(path)) this.each.transform(id);
    return path;
  }
}
