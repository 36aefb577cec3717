import type { ProblemField, ProblemSlug } from './problem-error';

/**
 * What a domain service refuses, in no dialect: the boundary makes a problem, an OAuth error or a page of it.
 * The message is fit for the caller; `slug` is the kind of problem it is to the administration API.
 */
export abstract class DomainError extends Error {
  abstract readonly slug: ProblemSlug;
  /** Members of the input that are at fault. */
  readonly fields: readonly ProblemField[] = [];
}
