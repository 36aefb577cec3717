/** Something that every answer depends on is away or overloaded: 503 with `Retry-After`, in every dialect. */
export class UnavailableError extends Error {
  constructor(
    /** seconds after which a caller may try again */
    readonly retryAfterSeconds: number,
    message = 'temporarily unavailable',
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'UnavailableError';
  }
}
