import { DomainError, type ProblemField, type ProblemSlug } from '@tokenidp/kernel';

/** Each code with what it is to the administration API, and the member of the input that is at fault. */
const CODES = {
  'algorithm-in-use': { slug: 'conflict' },
  'unknown-client': { slug: 'not-found' },
  'invalid-client-id': { slug: 'invalid-input', member: 'client_id' },
  'invalid-initial-access-token': { slug: 'invalid-input' },
  'client-id-taken': { slug: 'conflict', member: 'client_id' },
  'built-in': { slug: 'conflict' },
  'described-elsewhere': { slug: 'conflict' },
  'no-secret': { slug: 'conflict' },
  'no-jwks-uri': { slug: 'conflict' },
  'invalid-secret': { slug: 'invalid-input' },
  'too-many-secrets': { slug: 'conflict' },
  'unknown-secret': { slug: 'not-found' },
  'secret-revoked': { slug: 'conflict' },
  'secret-in-use': { slug: 'conflict' },
  'unknown-resource': { slug: 'not-found' },
  'invalid-resource': { slug: 'invalid-input' },
  'identifier-taken': { slug: 'conflict', member: 'identifier' },
  'unknown-scope': { slug: 'invalid-input' },
  'invalid-scope': { slug: 'invalid-input', member: 'scopes' },
  'invalid-scope-name': { slug: 'invalid-input', member: 'name' },
  'issuer-taken': { slug: 'conflict', member: 'issuer' },
  'unknown-issuer': { slug: 'not-found' },
  'unknown-token': { slug: 'not-found' },
  'no-scope': { slug: 'not-found' },
  'scope-taken': { slug: 'conflict', member: 'name' },
} as const satisfies Record<string, { slug: ProblemSlug; member?: string }>;

export type ClientsErrorCode = keyof typeof CODES;

/** What an operation on clients and resources refuses; the boundary maps it. The message is fit for the caller. */
export class ClientsError extends DomainError {
  readonly slug: ProblemSlug;
  override readonly fields: readonly ProblemField[];

  constructor(
    readonly code: ClientsErrorCode,
    message: string,
    fields?: readonly ProblemField[],
  ) {
    super(message);
    this.name = 'ClientsError';
    const { slug, member }: { slug: ProblemSlug; member?: string } = CODES[code];
    this.slug = slug;
    this.fields = fields ?? (member === undefined ? [] : [{ pointer: `/${member}`, detail: message }]);
  }
}
