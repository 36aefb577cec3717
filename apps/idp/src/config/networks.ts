import ipaddr from 'ipaddr.js';

/** Tells whether an address is one of the addresses, or in one of the networks, that `TRUSTED_PROXIES` names. */
export function within(networks: readonly string[]): (address: string) => boolean {
  const ranges = networks.map((each) => (each.includes('/') ? ipaddr.parseCIDR(each) : single(each)));
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const peer = ipaddr.process(address);
    return ranges.some(([network, bits]) => network.kind() === peer.kind() && peer.match(network, bits));
  };
}

function single(address: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const parsed = ipaddr.process(address);
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128];
}
