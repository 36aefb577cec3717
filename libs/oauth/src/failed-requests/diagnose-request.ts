import type { Diagnose, Diagnosis, FailedCase } from './diagnosis';

const BY_STATUS: Readonly<Record<number, readonly [cause: string, explanation: string]>> = {
  405: ['wrong-method', 'The endpoint does not have this method.'],
  413: ['too-large', 'The request is larger than anything that is meant for this endpoint.'],
  415: ['wrong-content-type', 'The content of the request is of another type than the endpoint takes.'],
  429: ['rate-limited', 'There were too many failed attempts; it is open again in a minute.'],
  500: ['server-error', 'It failed on our side; the log names it by the same id.'],
  503: ['unavailable', 'The database, or something else that is needed, was away.'],
};

const BY_ERROR: Readonly<Record<string, readonly [cause: string, explanation: string]>> = {
  access_denied: ['declined', 'The user, or a policy, did not allow it.'],
  login_required: ['login-required', 'The user is not signed in, and the request allows no question.'],
  consent_required: ['consent-required', 'The user has not allowed it yet, and the request allows no question.'],
  interaction_required: [
    'interaction-required',
    'The user has something to do first, and the request allows no question.',
  ],
  unsupported_grant_type: ['unsupported-grant-type', 'There is no such grant type here.'],
  unsupported_response_type: ['unsupported-response-type', 'The only response_type is code.'],
  expired_token: ['expired', 'The request of the device, or to the user, ended before it was answered.'],
  invalid_token: ['token-not-valid', 'The access token is expired, revoked, of somebody else, or none.'],
  insufficient_scope: ['scope-of-token', 'The access token does not have the scope that is needed.'],
  invalid_request_uri: [
    'request-uri',
    'The pushed request is not there: unknown, used, expired, or of another application.',
  ],
  invalid_request_object: ['request-object', 'The request object was refused.'],
  unmet_authentication_requirements: [
    'acr-unreachable',
    'None of the requested authentication contexts can be reached.',
  ],
  invalid_client_metadata: ['client-metadata', 'The metadata of the registration was refused.'],
  invalid_authorization_details: ['authorization-details', 'The authorization details were refused.'],
};

/** The form of the request, and what was done before it. */
export const diagnoseRequest: Diagnose = (failed) =>
  known(BY_STATUS[failed.status], failed) ??
  invalidGrant(failed) ??
  missing(failed) ??
  duplicate(failed) ??
  known(Object.hasOwn(BY_ERROR, failed.error) ? BY_ERROR[failed.error] : undefined, failed);

/** What is left: the words that the caller was told, which are rarely wrong. */
export function undiagnosed({ description, sent }: FailedCase): Diagnosis {
  return { cause: 'other', explanation: `${description}.`, sent: shown(sent) };
}

function known(entry: readonly [string, string] | undefined, { sent, description }: FailedCase): Diagnosis | null {
  return entry ? { cause: entry[0], explanation: `${entry[1]} (${description})`, sent: shown(sent) } : null;
}

function shown({ values }: FailedCase['sent']): Record<string, unknown> {
  const { client_id: _clientId, ...others } = values;
  return others;
}

const INVALID_GRANTS: readonly (readonly [pattern: RegExp, cause: string, explanation: string])[] = [
  [
    /^redirect_uri/,
    'redirect-uri-of-code',
    'The redirect_uri is another one than in the request that the code is from.',
  ],
  [
    /code_verifier is missing/,
    'verifier-missing',
    'The code is from a request with a code_challenge: its code_verifier is missing.',
  ],
  [/^code_verifier/, 'verifier-mismatch', 'The code_verifier does not belong to the code_challenge of the request.'],
  [
    /^the authorization code/,
    'code-not-valid',
    'The code is used, expired (it lives for a minute), of another application, or none.',
  ],
  [
    /^the refresh token/,
    'refresh-token-not-valid',
    'The refresh token is used, expired, revoked, of another application, or none.',
  ],
  [/bound to a key/, 'key-of-code', 'The code is bound to a key, and the request proves another one, or none.'],
  [/assertion/, 'assertion-not-valid', 'The assertion was refused.'],
];

function invalidGrant({ error, description, sent }: FailedCase): Diagnosis | null {
  if (error !== 'invalid_grant') return null;
  const found = INVALID_GRANTS.find(([pattern]) => pattern.test(description));
  const [, cause, explanation] = found ?? [
    null,
    'grant-not-valid',
    'What the request wants to be exchanged is good for nothing any more.',
  ];
  return { cause, explanation, sent: shown(sent) };
}

function missing({ description, sent }: FailedCase): Diagnosis | null {
  const [, name] = /^(\w+) is missing/.exec(description) ?? [];
  if (name === undefined) return null;
  const explanation = `The parameter ${name} is missing, or empty.`;
  return { cause: 'parameter-missing', explanation, sent: { names: sent.names } };
}

function duplicate({ description, sent }: FailedCase): Diagnosis | null {
  const [, name] = /^(\S+) was sent more than once/.exec(description) ?? [];
  if (name === undefined) return null;
  return {
    cause: 'parameter-twice',
    explanation: `The parameter ${name} stands in the request twice.`,
    sent: shown(sent),
  };
}
