import { DomainError, type ProblemField, type ProblemSlug } from '@tokenidp/kernel';

const CODES = {
  'unknown-webhook': { slug: 'not-found' },
  'unknown-delivery': { slug: 'not-found' },
  'invalid-url': { slug: 'invalid-input', member: 'url' },
  'too-many-webhooks': { slug: 'conflict' },
  'webhook-disabled': { slug: 'conflict' },
} as const satisfies Record<string, { slug: ProblemSlug; member?: string }>;

export type WebhooksErrorCode = keyof typeof CODES;

/** What an operation on webhooks refuses; the boundary maps it. The message is fit for the caller. */
export class WebhooksError extends DomainError {
  readonly slug: ProblemSlug;
  override readonly fields: readonly ProblemField[];

  constructor(
    readonly code: WebhooksErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'WebhooksError';
    const { slug, member }: { slug: ProblemSlug; member?: string } = CODES[code];
    this.slug = slug;
    this.fields = member === undefined ? [] : [{ pointer: `/${member}`, detail: message }];
  }
}
