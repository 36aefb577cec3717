import { DomainError, type ProblemField, type ProblemSlug } from '@tokenidp/kernel';

/** Each code with what it is to the administration API, and the member of the input that is at fault. */
const CODES = {
  'invalid-slug': { slug: 'invalid-input', member: 'slug' },
  'slug-taken': { slug: 'conflict', member: 'slug' },
  'invalid-name': { slug: 'invalid-input', member: 'name' },
  'unknown-tenant': { slug: 'not-found' },
  'system-tenant': { slug: 'conflict' },
  'being-deleted': { slug: 'conflict' },
  'not-deleted': { slug: 'conflict' },
  'operators-only': { slug: 'forbidden' },
  'too-many-domains': { slug: 'conflict' },
  'invalid-domain': { slug: 'invalid-input', member: 'domain' },
  'domain-taken': { slug: 'conflict', member: 'domain' },
  'domain-not-proven': { slug: 'conflict' },
  'unknown-domain': { slug: 'not-found' },
} as const satisfies Record<string, { slug: ProblemSlug; member?: string }>;

export type TenancyErrorCode = keyof typeof CODES;

/** What a tenant operation refuses; the boundary maps it to its own dialect. The message is fit for the caller. */
export class TenancyError extends DomainError {
  readonly slug: ProblemSlug;
  override readonly fields: readonly ProblemField[];

  constructor(
    readonly code: TenancyErrorCode,
    message: string,
    at?: string,
  ) {
    super(message);
    this.name = 'TenancyError';
    const { slug, member }: { slug: ProblemSlug; member?: string } = CODES[code];
    const fault = at ?? member;
    this.slug = slug;
    this.fields = fault === undefined ? [] : [{ pointer: `/${fault}`, detail: message }];
  }
}
