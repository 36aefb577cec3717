/** What an audit event and a log line need to know of the request that caused them. */
export interface RequestContext {
  requestId: string;
  /** the peer's address, or what a configured proxy says it is */
  ip: string;
  userAgent: string | undefined;
}
