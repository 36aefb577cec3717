/** @spec RFC 8725 §3.10, RFC 6890 §2.2, RFC 4291 §2.4 — an outgoing call may only reach a globally routable unicast address. */
import { parse } from 'ipaddr.js';

/** Azure's metadata service answers on an address that is otherwise public. */
const METADATA = new Set(['168.63.129.16']);

/**
 * True for a unicast address of the public internet. False for private, loopback, link-local, shared, multicast,
 * documentation, tunnelled and translated ranges, and for text that is no address.
 */
export function isPublicAddress(address: string): boolean {
  try {
    const parsed = parse(address);
    if (parsed.range() !== 'unicast' || METADATA.has(parsed.toString())) return false;
    // 2000::/3 is all that IANA has handed out; outside it lie the IPv4-compatible and the unassigned ranges.
    return parsed.kind() === 'ipv4' || (parsed.toByteArray()[0]! & 0xe0) === 0x20;
  } catch {
    return false;
  }
}
