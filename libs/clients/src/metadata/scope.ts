/** @spec RFC 6749 §3.3, RFC 7591 §2 — a scope is a list of tokens of a narrow alphabet, each of them once. */
import { SCOPE_TOKEN } from '@tokenidp/kernel';
import { invalid } from './client-metadata-error';
import { member, type MetadataInput } from './members';

const MAX_SCOPES = 200;
const MAX_SCOPE_LENGTH = 100;

export function isScopeName(name: string): boolean {
  return name.length <= MAX_SCOPE_LENGTH && SCOPE_TOKEN.test(name);
}

/** A member in the wire form of scopes. The empty text is a choice too: no scope at all. */
export function scopeMember(input: MetadataInput, name: 'scope' | 'default_scope'): string | undefined {
  const value = member(input, name);
  if (value === undefined || value === '') return value;
  if (typeof value !== 'string') throw invalid(name, 'must be a string');
  const names = value.split(' ');
  if (names.length > MAX_SCOPES || !names.every(isScopeName)) throw invalid(name, 'must be scopes parted by one space');
  if (new Set(names).size !== names.length) throw invalid(name, 'must not name anything twice');
  return value;
}
