/** Limits on what a protocol request may hold (S-183). */
export const REQUEST_LIMITS = {
  /** bytes of a body on a protocol endpoint */
  bodyBytes: 64 * 1024,
  /** parameters of one query or form */
  parameters: 100,
  /** bytes of a URL */
  urlBytes: 8 * 1024,
  /** bytes of all header fields */
  headerBytes: 16 * 1024,
  /** milliseconds in which a request must have arrived */
  requestMilliseconds: 10_000,
} as const;
