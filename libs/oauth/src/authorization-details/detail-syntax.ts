/** @spec RFC 9396 §2, §5 — `authorization_details` is a JSON array of objects that say their type; it is bounded in every way. */
import { type AuthorizationDetail, OAuthError } from '@tokenidp/kernel';

const MAX_LENGTH = 16_384;
const MAX_DETAILS = 20;
const MAX_DEPTH = 5;

/** Throws `invalid_authorization_details`; undefined for what was not sent. */
export function parseDetails(sent: string | undefined): AuthorizationDetail[] | undefined {
  if (sent === undefined) return undefined;
  const value = sent.length <= MAX_LENGTH ? parseJson(sent) : undefined;
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_DETAILS) {
    throw invalidDetails('authorization_details is no JSON array of objects, or too much of one');
  }
  return (value as unknown[]).map(asDetail);
}

export function invalidDetails(description: string): OAuthError {
  return new OAuthError('invalid_authorization_details', description);
}

/** The same text for the same value, whatever the order of its members. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function asDetail(value: unknown): AuthorizationDetail {
  if (!isObject(value) || typeof value.type !== 'string') throw invalidDetails('each of the details needs a type');
  if (!isShallow(value, MAX_DEPTH)) throw invalidDetails('the details are nested too deeply');
  return value as unknown as AuthorizationDetail;
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((each) => isShallow(each, depth - 1));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
