import { DomainError, type ProblemField, type ProblemSlug } from '@tokenidp/kernel';

/** Each code with what it is to the administration API, and the member of the input that is at fault. */
const CODES = {
  'unknown-key': { slug: 'not-found' },
  'already-revoked': { slug: 'conflict' },
  'known-key': { slug: 'conflict' },
  overtaken: { slug: 'conflict' },
  'not-configured': { slug: 'invalid-input', member: 'algorithm' },
  'invalid-key': { slug: 'invalid-input', member: 'privateKey' },
} as const satisfies Record<string, { slug: ProblemSlug; member?: string }>;

export type KeysErrorCode = keyof typeof CODES;

/** What an operation on signing keys refuses; the boundary maps it. The message is fit for the caller. */
export class KeysError extends DomainError {
  readonly slug: ProblemSlug;
  override readonly fields: readonly ProblemField[];

  constructor(
    readonly code: KeysErrorCode,
    message: string,
    at?: string,
  ) {
    super(message);
    this.name = 'KeysError';
    const { slug, member }: { slug: ProblemSlug; member?: string } = CODES[code];
    const fault = at ?? member;
    this.slug = slug;
    this.fields = fault === undefined ? [] : [{ pointer: `/${fault}`, detail: message }];
  }
}

export function notConfigured(algorithm: string): KeysError {
  return new KeysError('not-configured', `${algorithm} is not among the algorithms of the tenant's settings.`);
}

export function overtaken(): KeysError {
  return new KeysError('overtaken', 'Somebody else changed the keys at the same time: look again.');
}
