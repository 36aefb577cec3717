import type { AuditEvent } from '@tokenidp/audit';
import { type Client, type ClientKeys, findEncryptionKey } from '@tokenidp/clients';
import type { Database, Transaction } from '@tokenidp/database';
import type { RequestContext } from '@tokenidp/kernel';
import type { Signer, SignRequest } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import type { AccessService } from '@tokenidp/users';
import { type FormSource, Parameters } from '../src/endpoints/form-parameters';
import type { TokenRequest } from '../src/grants/grant';
import type { ExchangeRecord } from '../src/tokens/exchanges.repository';
import type { Standing } from '../src/tokens/standing';
import { ResponseEncryption } from '../src/tokens/response-encryption';
import { TokenIssuer } from '../src/tokens/token-issuer';
import { clientLike, NOW, SINGLE, subjects, tenant, user } from './samples';

export const NOW_SECONDS = NOW.getTime() / 1000;
export const API = 'https://api.example';
export const AUTHORIZATION_ID = '01900000-0000-7000-8000-00000000aaaa';
export const SESSION_ID = '01900000-0000-7000-8000-0000000000ee';
export const context: RequestContext = { requestId: 'request', ip: '192.0.2.1', userAgent: 'test' };

export function standingLike(changes: Partial<Standing> = {}): Standing {
  return {
    authorizationId: AUTHORIZATION_ID,
    clientId: clientLike().id,
    sessionId: SESSION_ID,
    resources: [],
    authorizationDetails: [],
    claims: null,
    user,
    subject: {
      userId: user.id,
      authorizationId: AUTHORIZATION_ID,
      authTime: NOW_SECONDS - 60,
      acr: SINGLE,
      amr: ['pwd'],
    },
    stands: true,
    ...changes,
  };
}

/** A client that gets ID tokens, signed as OIDC Registration §2 says by default. */
export function appLike(changes: Partial<Client> = {}): Client {
  return clientLike({ id_token_signed_response_alg: 'RS256', ...changes });
}

export function formLike(source: FormSource): Parameters {
  return Parameters.parse(source, new Set(['resource']));
}

export function tokenRequestLike(source: FormSource, changes: Partial<TokenRequest> = {}): TokenRequest {
  return { tenant, client: appLike(), parameters: formLike(source), context, now: NOW, ...changes };
}

/** Says what would be signed, as `<alg> <typ> <claims>`. */
export const signer = {
  sign: async (_tenant: Tenant, { algorithm, type, claims }: SignRequest) =>
    `${algorithm} ${type} ${JSON.stringify(claims)}`,
} as unknown as Signer;

export const access = {
  ofUser: async () => ({ roles: ['reader'], permissions: ['things.read'] }),
  ofClient: async () => ({ roles: ['robot'], permissions: ['things.sync'] }),
} as unknown as AccessService;

/** For clients with `jwks`; nothing is fetched. */
export const encryption = new ResponseEncryption({
  encryptionKey: async ({ jwks }: Client, algorithm: string) => findEncryptionKey(jwks, algorithm),
} as unknown as ClientKeys);

export const issuer = new TokenIssuer(signer, access, subjects, encryption);

/** What the signer above was asked to sign. */
export function signed(token: string | undefined): {
  algorithm: string;
  type: string;
  claims: Record<string, unknown>;
} {
  const [algorithm = '', type = '', ...claims] = (token ?? '').split(' ');
  return { algorithm, type, claims: JSON.parse(claims.join(' ')) as Record<string, unknown> };
}

/** Keeps events instead of writing them. */
export class FakeAudit {
  readonly events: AuditEvent[] = [];
  readonly counted: string[] = [];

  async record(_tenantId: string, event: AuditEvent): Promise<void> {
    this.events.push(event);
  }

  countMachineToken(_tenantId: string, clientId: string): void {
    this.counted.push(clientId);
  }
}

/** Runs the work of a transaction, without one. */
export const database = {
  transaction: <T>(work: (tx: Transaction) => Promise<T>) => work({} as Transaction),
} as Database;

/** What was written, and by which call. */
export interface Written {
  call: string;
  record: ExchangeRecord;
  rest: unknown[];
}
