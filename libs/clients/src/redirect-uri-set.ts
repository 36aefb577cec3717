/** @spec OAuth 2.1 §2.3.1 and §8.4.2, RFC 8252 §7.3, RFC 9700 §4.1.3 — a redirect URI is one of the registered strings, or it is refused. */
import type { ClientType } from './client';

/** An http URI on a loopback address literal: what stands before the port, and what stands after it. */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9][0-9]{0,4}))?(?=[/?]|$)(.*)$/s;
const MAX_PORT = 65_535;

/** Nothing is parsed or normalised: parsers disagree, and many spellings parse to the same URL (S-020). */
export class RedirectUriSet {
  private readonly exact: ReadonlySet<string>;
  private readonly loopback: ReadonlySet<string>;

  constructor(registered: readonly string[], type: ClientType) {
    this.exact = new Set(registered);
    this.loopback = new Set(type === 'native' ? registered.map(withoutPort).filter((uri) => uri !== null) : []);
  }

  /** RFC 8252 §7.3: a native application takes any free port of the loopback interface; all else stays exact. */
  matches(uri: string): boolean {
    if (this.exact.has(uri)) return true;
    const portless = this.loopback.size > 0 ? withoutPort(uri) : null;
    return portless !== null && this.loopback.has(portless);
  }
}

function withoutPort(uri: string): string | null {
  const [, host, port, rest] = LOOPBACK.exec(uri) ?? [];
  if (host === undefined || (port !== undefined && Number(port) > MAX_PORT)) return null;
  return `${host}${rest}`;
}
