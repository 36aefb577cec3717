import type { RequestContext } from '@tokenidp/kernel';
import type { Parameters } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';

/** One try at proving who somebody is. */
export interface FactorAttempt {
  tenant: Tenant;
  /** What the user calls himself: username or e-mail, as typed. */
  identifier: string;
  /** The form; a factor reads the parameters it names and no others. */
  form: Parameters;
  context: RequestContext;
}

/** Each refusal is the same for a known and for an unknown user (S-136); `userId` is for the audit trail alone. */
export type FactorOutcome =
  | { outcome: 'proved'; user: User }
  | { outcome: 'refused'; userId?: string }
  | { outcome: 'delayed'; retryAfterSeconds: number }
  /** the factor is of no use until it is set anew */
  | { outcome: 'disabled'; userId?: string };

/** A way to prove it. One file each; the list is in index.ts. */
export abstract class Factor {
  /** RFC 8176 authentication method references of a sign-in with this factor. */
  abstract readonly amr: readonly string[];
  /** What the form has to hold. */
  abstract readonly parameters: readonly string[];
  abstract verify(attempt: FactorAttempt): Promise<FactorOutcome>;
}
