import { DomainError, type ProblemField, type ProblemSlug } from '@tokenidp/kernel';

export type UsersErrorKind = 'invalid' | 'conflict' | 'not-found' | 'forbidden';

const SLUGS = {
  invalid: 'invalid-input',
  conflict: 'conflict',
  'not-found': 'not-found',
  forbidden: 'forbidden',
} as const;

/** What this lib refuses; the boundary makes a problem or a page of it. `fields` name members of the input. */
export class UsersError extends DomainError {
  readonly slug: ProblemSlug;

  constructor(
    readonly kind: UsersErrorKind,
    message: string,
    override readonly fields: readonly ProblemField[] = [],
  ) {
    super(message);
    this.name = 'UsersError';
    this.slug = SLUGS[kind];
  }
}
