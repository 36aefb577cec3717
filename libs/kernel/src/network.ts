import { parse } from 'ipaddr.js';

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/** The key of everybody who shares an address: IPv4 as it is, IPv6 by its first 64 bits. */
export function networkOf(ip: string): string {
  try {
    const address = parse(ip.replace(MAPPED, ''));
    const bytes = address.toByteArray();
    return Buffer.from(address.kind() === 'ipv6' ? bytes.slice(0, 8) : bytes).toString('hex');
  } catch {
    return 'unknown';
  }
}
