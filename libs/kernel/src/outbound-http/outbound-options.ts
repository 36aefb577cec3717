/** What a deployment allows the guarded client beyond public https hosts. */
export abstract class OutboundOptions {
  /** `host` (any port) or `host:port`, IPv6 in brackets. Such a host may be http and may be private. */
  abstract readonly allowedHosts: readonly string[];
}
