import { List, type ListFilter } from '@tokenidp/database';
import type { StoredParameters } from '../endpoints/form-parameters';

/** Who a grant is for, as lists show it. */
export interface GrantParties {
  readonly clientId: string;
  readonly client_id: string;
  readonly clientName: string;
  readonly userId: string | null;
  readonly username: string | null;
}

const PARTIES = `c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName",
  u."id" AS "userId", u."username"`;
const partiesOf = (alias: string) => `
  JOIN "client" c ON c."tenantId" = ${alias}."tenantId" AND c."id" = ${alias}."clientId"
  LEFT JOIN "user" u ON u."tenantId" = ${alias}."tenantId" AND u."id" = ${alias}."userId"`;

const sorts = { createdAt: { column: 't."createdAt"', type: 'instant' } } as const;

/** A filter that is there or not, whatever its value. */
const fixed = (condition: string): ListFilter => ({
  type: 'boolean',
  condition: `${condition} AND :value IS NOT NULL`,
});

const filtersOf = (alias: string) =>
  ({
    id: { type: 'id', condition: 't."id" = :value' },
    userId: { type: 'id', condition: `${alias}."userId" = :value` },
    clientId: { type: 'id', condition: `${alias}."clientId" = :value` },
    createdFrom: { type: 'instant', condition: 't."createdAt" >= :value' },
    createdTo: { type: 'instant', condition: 't."createdAt" <= :value' },
  }) as const satisfies Record<string, ListFilter>;

export interface ListedAuthorization extends GrantParties {
  readonly id: string;
  readonly sessionId: string | null;
  readonly scope: string;
  readonly resources: string[];
  readonly authorizationDetails: object[] | null;
  readonly authTime: Date | null;
  readonly acr: string | null;
  readonly amr: string[] | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly revokeReason: string | null;
}

export const AUTHORIZATIONS = new List<ListedAuthorization>({
  name: 'oauth.authorization.page',
  select: `t."id", ${PARTIES}, t."sessionId", t."scope", t."resources", t."authorizationDetails", t."authTime", t."acr",
  t."amr", t."createdAt", t."revokedAt", t."revokeReason"`,
  from: `"authorization" t ${partiesOf('t')}`,
  json: ['resources', 'authorizationDetails', 'amr'],
  sorts,
  filters: {
    ...filtersOf('t'),
    sessionId: { type: 'id', condition: 't."sessionId" = :value' },
    standing: fixed('t."revokedAt" IS NULL'),
    revoked: fixed('t."revokedAt" IS NOT NULL'),
  },
});

export interface ListedConsent extends GrantParties {
  readonly id: string;
  readonly scope: string;
  readonly resources: Record<string, string[]>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const CONSENTS = new List<ListedConsent>({
  name: 'oauth.consent.page',
  select: `t."id", ${PARTIES}, t."scope", t."resources", t."createdAt", t."updatedAt"`,
  from: `"consent" t ${partiesOf('t')}`,
  json: ['resources'],
  sorts,
  filters: filtersOf('t'),
});

export interface ListedRefreshToken extends GrantParties {
  readonly id: string;
  readonly authorizationId: string;
  readonly sessionId: string | null;
  readonly scope: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
  readonly rotatedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The family falls with its authorization, whose revocation is the token's. */
export const REFRESH_TOKENS = new List<ListedRefreshToken>({
  name: 'oauth.refresh-token.page',
  select: `t."id", t."authorizationId", ${PARTIES}, a."sessionId", t."scope", t."createdAt", t."lastUsedAt",
  t."idleExpiresAt", t."absoluteExpiresAt", t."rotatedAt", COALESCE(t."revokedAt", a."revokedAt") AS "revokedAt"`,
  from: `"refresh_token" t
  JOIN "authorization" a ON a."tenantId" = t."tenantId" AND a."id" = t."authorizationId" ${partiesOf('a')}`,
  sorts,
  filters: {
    ...filtersOf('a'),
    authorizationId: { type: 'id', condition: 't."authorizationId" = :value' },
    latest: fixed('t."rotatedAt" IS NULL'),
    usableAt: {
      type: 'instant',
      condition: `t."revokedAt" IS NULL AND a."revokedAt" IS NULL AND t."idleExpiresAt" > :value
      AND t."absoluteExpiresAt" > :value`,
    },
  },
});

export interface ListedAccessToken extends GrantParties {
  readonly id: string;
  readonly authorizationId: string | null;
  readonly scope: string;
  readonly audience: string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export const ACCESS_TOKENS = new List<ListedAccessToken>({
  name: 'oauth.access-token.page',
  select: `t."id", t."authorizationId", ${PARTIES}, t."scope", t."audience", t."createdAt", t."expiresAt",
  COALESCE(t."revokedAt", a."revokedAt") AS "revokedAt"`,
  from: `"access_token" t
  LEFT JOIN "authorization" a ON a."tenantId" = t."tenantId" AND a."id" = t."authorizationId" ${partiesOf('t')}`,
  json: ['audience'],
  sorts,
  filters: {
    ...filtersOf('t'),
    authorizationId: { type: 'id', condition: 't."authorizationId" = :value' },
    usableAt: {
      type: 'instant',
      condition: 't."revokedAt" IS NULL AND a."revokedAt" IS NULL AND t."expiresAt" > :value',
    },
  },
});

/** What somebody waits for, and what they asked; without the codes that they ask again with. */
export interface ListedRequest extends GrantParties {
  readonly id: string;
  readonly parameters: StoredParameters;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const openAt = { type: 'instant', condition: 't."decidedAt" IS NULL AND t."expiresAt" > :value' } as const;

export const BACKCHANNEL_REQUESTS = new List<ListedRequest & { bindingMessage: string | null }>({
  name: 'oauth.backchannel.page',
  select: `t."id", ${PARTIES}, t."parameters", t."bindingMessage", t."createdAt", t."expiresAt"`,
  from: `"backchannel_request" t ${partiesOf('t')}`,
  json: ['parameters'],
  sorts,
  filters: { ...filtersOf('t'), openAt },
});

const { userId: _userId, ...ofClient } = filtersOf('t');

export const DEVICE_REQUESTS = new List<Omit<ListedRequest, 'userId' | 'username'> & { ip: string }>({
  name: 'oauth.device.page',
  select: `t."id", c."id" AS "clientId", c."clientId" AS "client_id", c."name" AS "clientName", t."parameters", t."ip",
  t."createdAt", t."expiresAt"`,
  from: `"device_authorization" t
  JOIN "client" c ON c."tenantId" = t."tenantId" AND c."id" = t."clientId"`,
  json: ['parameters'],
  sorts,
  filters: { ...ofClient, openAt },
});
