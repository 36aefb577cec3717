/**
 * @spec RFC 6819 §5.1.4.1, RFC 9700 §4.2 — of a request that failed only what explains it is kept: names of parameters, and
 * the values of those that are no secret and open nothing (S-182).
 */
import { redact } from '@tokenidp/audit';
import type { FastifyRequest } from 'fastify';
import { type FormSource, Parameters } from '../endpoints/form-parameters';

const REPEATABLE: ReadonlySet<string> = new Set(['resource', 'audience']);
/** All others, `code`, `state`, `nonce`, assertions, tokens and hints among them, by name only. */
const SHOWN = [
  'acr_values',
  'client_assertion_type',
  'client_id',
  'code_challenge_method',
  'display',
  'grant_type',
  'max_age',
  'post_logout_redirect_uri',
  'prompt',
  'redirect_uri',
  'requested_token_type',
  'response_mode',
  'response_type',
  'scope',
  'subject_token_type',
  'token_type_hint',
] as const;
const MAX_TEXT = 1024;
const MAX_NAMES = 40;
const PARAMETER_NAME = /^[\w.-]{1,64}$/;

export type SentAuthMethod =
  'none' | 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt';

/** A request as far as it may be kept. */
export interface SentRequest {
  /** names of all parameters */
  readonly names: readonly string[];
  /** values of those that may be shown */
  readonly values: Readonly<Record<string, string>>;
  readonly resources: readonly string[];
  /** how it authenticated, by its form */
  readonly authMethod: SentAuthMethod;
  readonly clientId: string | undefined;
}

export function sentRequest(request: FastifyRequest): SentRequest {
  const { parameters } = Parameters.read(sourceOf(request), REPEATABLE);
  const { authorization } = request.headers;
  const names = parameters.names().filter((name) => PARAMETER_NAME.test(name));
  const shown = SHOWN.filter((name) => parameters.has(name)).map((name) => [name, cut(parameters.get(name)!)]);
  const texts = redact(Object.fromEntries(shown) as Record<string, unknown>);
  return {
    names: names.slice(0, MAX_NAMES),
    values: texts as Record<string, string>,
    resources: Object.values(redact({ ...parameters.all('resource').slice(0, 10).map(cut) })) as string[],
    authMethod: authMethodOf(parameters, authorization),
    clientId: clientIdOf(parameters, authorization)?.slice(0, MAX_TEXT),
  };
}

/** Only what a form or a query holds: other contents are looked at by nobody. */
function sourceOf({ method, body, url }: FastifyRequest): FormSource {
  if (method === 'POST') return typeof body === 'string' ? body : '';
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}

function cut(text: string): string {
  return text.slice(0, MAX_TEXT).toWellFormed();
}

function authMethodOf(parameters: Parameters, authorization: string | undefined): SentAuthMethod {
  if (authorization !== undefined && /^basic /i.test(authorization)) return 'client_secret_basic';
  const assertion = parameters.get('client_assertion');
  if (assertion !== undefined) return /^HS/.test(partOf(assertion, 0, 'alg')) ? 'client_secret_jwt' : 'private_key_jwt';
  return parameters.has('client_secret') ? 'client_secret_post' : 'none';
}

function clientIdOf(parameters: Parameters, authorization: string | undefined): string | undefined {
  const named = parameters.get('client_id');
  if (named !== undefined) return named;
  const assertion = parameters.get('client_assertion');
  if (assertion !== undefined) return partOf(assertion, 1, 'sub') || undefined;
  const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [name] = Buffer.from(encoded, 'base64').toString().split(':', 1);
  return decodedName(name!);
}

function decodedName(name: string): string | undefined {
  try {
    const text = decodeURIComponent(name.replaceAll('+', ' '));
    return text.isWellFormed() && !/\p{Cc}/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A text member of a part of a JWT that nobody has verified; it says what was meant, no more. */
function partOf(jwt: string, part: 0 | 1, member: string): string {
  try {
    const read = JSON.parse(Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString()) as Record<string, unknown>;
    const value = read[member];
    return typeof value === 'string' && value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : '';
  } catch {
    return '';
  }
}
