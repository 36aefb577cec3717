import { Injectable } from '@nestjs/common';
import { Resolver } from 'node:dns/promises';

const TIMEOUT_MS = 3_000;

/** The TXT records of a name. */
@Injectable()
export class DomainRecords {
  private readonly resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });

  /** None when the name does not exist or nobody answers. */
  async read(name: string): Promise<string[]> {
    try {
      return (await this.resolver.resolveTxt(name)).map((chunks) => chunks.join(''));
    } catch {
      return [];
    }
  }
}
