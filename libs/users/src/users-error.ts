import type { ProblemField } from '@tokenidp/kernel';

export type UsersErrorKind = 'invalid' | 'conflict' | 'not-found';

/** What this lib refuses; the boundary makes a problem or a page of it. `fields` name members of the input. */
export class UsersError extends Error {
  constructor(
    readonly kind: UsersErrorKind,
    message: string,
    readonly fields: readonly ProblemField[] = [],
  ) {
    super(message);
    this.name = 'UsersError';
  }
}
