import { Inject, Injectable } from '@nestjs/common';
import { OAuthError } from '@tokenidp/kernel';
import type { Grant } from './grant';

/** Instances of what `GRANTS` lists. */
export const GRANT_INSTANCES = Symbol('GRANT_INSTANCES');

/** The grants that are served, by the value of `grant_type`; discovery reads it too. */
@Injectable()
export class GrantRegistry {
  private readonly byType: ReadonlyMap<string, Grant>;
  /** parameters that some grant takes more than once */
  readonly repeatable: ReadonlySet<string>;

  constructor(@Inject(GRANT_INSTANCES) grants: readonly Grant[]) {
    this.byType = new Map(grants.map((grant) => [grant.grantType, grant]));
    this.repeatable = new Set(grants.flatMap((grant) => grant.repeatable ?? []));
  }

  get grantTypes(): string[] {
    return [...this.byType.keys()];
  }

  /** @spec RFC 6749 §5.2 — throws `invalid_request` without a type, `unsupported_grant_type` for one that is not served. */
  get(grantType: string | undefined): Grant {
    if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing');
    const grant = this.byType.get(grantType);
    if (!grant) throw new OAuthError('unsupported_grant_type', 'the grant type is not supported');
    return grant;
  }
}
