import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import type { MasterKey } from '@tokenidp/kernel';

export function text(value: string): string {
  return value;
}

export function flag(value: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(value.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off'].includes(value.toLowerCase())) return false;
  throw new Error('must be 1 or 0');
}

export function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new Error('must be a port number from 0 to 65535');
  return number;
}

export function oneOf<const T extends string>(...values: readonly T[]): (value: string) => T {
  return (value) => {
    const known = values.find((candidate) => candidate === value);
    if (!known) throw new Error(`must be one of ${values.join(', ')}`);
    return known;
  };
}

/** An origin or a path below one, without query, fragment, credentials or closing slash: it becomes an issuer. */
export function publicUrl(value: string): URL {
  if (!URL.canParse(value)) throw new Error('must be an absolute URL such as https://id.example.com');
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('must begin with https:// or http://');
  if (url.search || url.hash || url.username || url.password) throw new Error('must hold a host and a port only');
  if (url.pathname !== '/') throw new Error('must have no path: tenants have paths of their own');
  return url;
}

export function databaseUrl(value: string): string {
  if (!/^(postgres|postgresql|mssql|sqlserver):\/\/\S+$/.test(value) || !URL.canParse(value)) {
    throw new Error('must begin with postgres:// or mssql://');
  }
  return value;
}

export function domain(value: string): string {
  if (!/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/.test(value)) throw new Error('must be a lower-case host name');
  return value;
}

export function list(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** Addresses or networks (CIDR) of the proxies whose forwarded headers count. */
export function networks(value: string): string[] {
  const items = list(value);
  for (const item of items) {
    const valid = item.includes('/') ? ipaddr.isValidCIDR(item) : ipaddr.isValid(item);
    if (!valid) throw new Error('must be IP addresses or networks such as 10.0.0.0/8, parted by commas');
  }
  return items;
}

export function email(value: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(value)) throw new Error('must be an e-mail address');
  return value;
}

/** The content of a file that holds one secret. */
export function secretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new Error('names a file that cannot be read');
  }
}

/** `[id:]base64` of 32 bytes, several parted by commas; the first one seals, all open. */
export function masterKeys(value: string): MasterKey[] {
  return list(value).map((item) => {
    const [id, encoded] = item.includes(':') ? item.split(':', 2) : [undefined, item];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (key.length !== 32) throw new Error('must be the base64 of 32 random bytes, e.g. of `openssl rand -base64 32`');
    return { id: id ?? createHash('sha256').update(key).digest('hex').slice(0, 8), key };
  });
}
