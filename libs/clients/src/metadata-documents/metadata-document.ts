/**
 * @spec draft-ietf-oauth-client-id-metadata-document §4, §4.1, §5 and §8.7 — what is taken for the document of a client:
 * it says its own address, and holds no secret that two would have to share.
 */
import type { GuardedHttpClient, OutboundResponse } from '@tokenidp/kernel';
import { member, type MetadataInput } from '../metadata/members';
import { RegistrationError } from '../registration/registration-error';

export interface FetchedDocument {
  metadata: MetadataInput;
  /** How long it is believed. */
  ageSeconds: number;
}

const MAX_BYTES = 5 * 1024;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json *(?:;|$)/i;
const LEAST_SECONDS = 300;
const MOST_SECONDS = 86_400;
const DEFAULT_SECONDS = 3_600;
const MAX_NAME = 200;
/** A method that both sides need a secret for cannot be agreed on; without a word there is none. */
const AUTH_METHODS = ['none', 'private_key_jwt'];

/** @throws RegistrationError (`bad-document`), OutboundError */
export async function fetchDocument(http: GuardedHttpClient, address: string): Promise<FetchedDocument> {
  const answer = await http.fetch(address, { accept: 'application/json', maxBytes: MAX_BYTES });
  if (answer.status !== 200) throw bad(`was answered with ${answer.status}`);
  if (!JSON_TYPE.test(header(answer, 'content-type'))) throw bad('is not application/json');
  return { metadata: documentOf(address, answer), ageSeconds: ageSeconds(answer) };
}

function documentOf(address: string, answer: OutboundResponse): MetadataInput {
  const document = parsed(answer);
  if (member(document, 'client_id') !== address) throw bad('does not name its own address as client_id');
  for (const secret of ['client_secret', 'client_secret_expires_at']) {
    if (Object.hasOwn(document, secret)) throw bad(`must not hold ${secret}`);
  }
  const method = member(document, 'token_endpoint_auth_method') ?? 'none';
  if (!AUTH_METHODS.includes(String(method))) throw bad(`must authenticate by ${AUTH_METHODS.join(' or ')}`);
  const { client_id: _address, ...metadata } = document;
  return { client_name: address.slice(0, MAX_NAME), ...metadata, token_endpoint_auth_method: method };
}

function parsed(answer: OutboundResponse): MetadataInput {
  try {
    const document = answer.json();
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document as MetadataInput;
  } catch {
    // Told below, in the same words.
  }
  throw bad('is no JSON object');
}

/** RFC 9111 §4.2 within bounds of our own: neither each time nor for ever. */
function ageSeconds(answer: OutboundResponse): number {
  const control = header(answer, 'cache-control');
  if (/(?:^|[,\s])no-(?:store|cache)\b/i.test(control)) return LEAST_SECONDS;
  const [, seconds] = /(?:^|[,\s])max-age="?(\d{1,9})/i.exec(control) ?? [];
  if (seconds === undefined) return DEFAULT_SECONDS;
  const spent = Number(header(answer, 'age')) || 0;
  return Math.min(Math.max(Number(seconds) - spent, LEAST_SECONDS), MOST_SECONDS);
}

function header({ headers }: OutboundResponse, name: string): string {
  return String(headers[name] ?? '');
}

function bad(why: string): RegistrationError {
  return new RegistrationError('bad-document', `the document at client_id ${why}`);
}
