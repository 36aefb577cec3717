export type OutboundReason = 'refused' | 'unreachable' | 'timeout' | 'too-large';

const MESSAGES: Record<OutboundReason, string> = {
  refused: 'The URL may not be fetched from here.',
  unreachable: 'The host could not be reached.',
  timeout: 'The host did not answer in time.',
  'too-large': 'The answer is too large.',
};

/** A failed outgoing call. The message is one of four fixed sentences; what happened is in `cause`, for the log only. */
export class OutboundError extends Error {
  constructor(
    readonly reason: OutboundReason,
    options?: { cause?: unknown },
  ) {
    super(MESSAGES[reason], options);
    this.name = 'OutboundError';
  }
}
