import { ADMIN_API_PATH } from '@tokenidp/admin-api';
import { ADMIN_SCOPE } from '@tokenidp/clients';
import { type Invocation, UsageError } from './command';
import { readSecret } from './secret-source';

interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** A problem (RFC 9457), or what else the server has said. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** by JSON pointers into what was sent */
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }
}

/** Nobody answers. */
export class UnreachableError extends Error {}

export interface ApiAnswer {
  readonly body: unknown;
  readonly etag: string | undefined;
}

interface Problem {
  detail?: string;
  instance?: string;
  errors?: FieldError[];
}

/** The administration API of one tenant, with a token that the client of the environment gets for itself. */
export class ApiClient {
  private token: Promise<string> | undefined;

  private constructor(
    readonly issuer: string,
    private readonly getToken: () => Promise<string>,
  ) {}

  /** @throws UsageError naming the variables that are missing */
  static from({ environment, options }: Invocation): ApiClient {
    const issuer = String(options.issuer ?? environment.TOKENIDP_ISSUER ?? '').replace(/\/$/, '');
    if (!URL.canParse(issuer)) throw new UsageError('TOKENIDP_ISSUER (or --issuer) has to be the URL of the tenant');
    const { TOKENIDP_TOKEN: token, TOKENIDP_CLIENT_ID: id } = environment;
    if (token) return new ApiClient(issuer, () => Promise.resolve(token));
    const secret = readSecret(environment, 'TOKENIDP_CLIENT_SECRET');
    if (!id || !secret) {
      throw new UsageError('TOKENIDP_CLIENT_ID and TOKENIDP_CLIENT_SECRET (or TOKENIDP_TOKEN) have to be set');
    }
    // An operator's client is one of the system tenant and acts on others.
    const home = (environment.TOKENIDP_TOKEN_ISSUER ?? issuer).replace(/\/$/, '');
    return new ApiClient(issuer, () => requestToken(home, id, secret));
  }

  async send(
    method: string,
    path: string,
    { body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<ApiAnswer> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = await reach(`${this.issuer}${ADMIN_API_PATH}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await (this.token ??= this.getToken())}`,
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw refusalOf(answer.status, parse(text) as Problem | undefined);
    return { body: text === '' ? undefined : (parse(text) ?? text), etag: answer.headers.get('etag') ?? undefined };
  }

  /** A change of what is there now: reads its version first. */
  async change(method: 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<ApiAnswer> {
    const { etag } = await this.send('GET', path);
    return this.send(method, path, { body, headers: { 'if-match': etag ?? '*' } });
  }
}

async function requestToken(issuer: string, id: string, secret: string): Promise<string> {
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
  const answer = await reach(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: ADMIN_SCOPE,
      resource: `${issuer}/admin/api`,
    }),
  });
  const said = parse(await answer.text()) as { access_token?: string; error?: string; error_description?: string };
  if (said?.access_token) return said.access_token;
  throw new ApiError(
    answer.status,
    `no token: ${said?.error ?? answer.status} ${said?.error_description ?? ''}`.trim(),
  );
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw new UnreachableError(`${new URL(url).origin} cannot be reached: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusalOf(status: number, problem: Problem | undefined): ApiError {
  return new ApiError(status, describe(status, problem), problem?.errors);
}

function describe(status: number, problem: Problem | undefined): string {
  const lines = [problem?.detail ?? `the server has answered ${status}`];
  for (const { pointer, detail } of problem?.errors ?? []) lines.push(`  ${pointer}: ${detail}`);
  if (problem?.instance) lines.push(`  (${problem.instance})`);
  return lines.join('\n');
}
