import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import { Clock, OutboundOptions } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { isDeepStrictEqual } from 'node:util';
import { asMetadata, assertNotFixed } from './client-patch';
import { ClientSecrets } from './client-secrets';
import { type ClientRow, ClientsRepository } from './clients.repository';
import { usesSecret } from './metadata/auth-method';
import type { MetadataInput } from './metadata/members';
import { registrationPolicy } from './metadata/registration-policy';
import { validateClientMetadata } from './metadata/validate-client-metadata';

type Members = Readonly<Record<string, unknown>>;

/** A client that an administrator has made, with all that can be said of it. */
export interface ConfiguredClient {
  readonly id: string;
  readonly client_id: string;
  readonly status: ClientRow['status'];
  /** as they are stored, with their wire names; translations in `localized` */
  readonly members: Members;
  /** by the row id of the resource */
  readonly assignments: readonly { resourceId: string; userScopes: string[]; clientScopes: string[] }[];
  /** the live ones; `is` tells a value from all others */
  readonly secrets: readonly { id: string; name: string; expiresAt: Date | null; is(value: string): boolean }[];
}

/** What the others follow from: with these alone a client can be complete. */
const DECISIVE = /^(type|security_profile|redirect_uris|grant_types|token_endpoint_auth_method|jwks|jwks_uri|tls_.*)$/;

/** The clients of a tenant as a file describes them. */
@Injectable()
export class ConfiguredClients {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly clientSecrets: ClientSecrets,
    private readonly outbound: OutboundOptions,
    private readonly clock: Clock,
  ) {}

  /** In the order of `client_id`; built-in ones and those that registered themselves are not among them. */
  async list({ id: tenantId }: Tenant, tx?: Transaction): Promise<ConfiguredClient[]> {
    const rows = await this.repository.ofOrigin(tenantId, 'admin', tx);
    const assigned = Map.groupBy(await this.repository.assignmentsOfTenant(tenantId, tx), ({ clientId }) => clientId);
    const secrets = await this.secretsOf(tenantId, tx);
    return rows.map((row) => ({
      id: row.id,
      client_id: row.clientId,
      status: row.status,
      members: membersOf(row),
      assignments: (assigned.get(row.id) ?? []).map(({ clientId: _clientId, ...assignment }) => assignment),
      secrets: usesSecret(row.metadata.token_endpoint_auth_method) ? (secrets.get(row.id) ?? []) : [],
    }));
  }

  /** What an input would be stored as; nobody is asked about a sector. @throws ClientMetadataError */
  validate(tenant: Tenant, clientId: string, input: MetadataInput): Members {
    const metadata = asMetadata(input);
    assertNotFixed(metadata, metadata.security_profile ?? tenant.settings.securityProfileFloor);
    const source = { origin: 'admin', outboundAllowedHosts: this.outbound.allowedHosts } as const;
    const named = { client_name: clientId, ...metadata };
    return { ...validateClientMetadata(named, registrationPolicy(tenant, source)) };
  }

  /** The fewest members that make the same client. */
  brief(tenant: Tenant, { client_id, members }: Pick<ConfiguredClient, 'client_id' | 'members'>): Members {
    const makes = (input: Members): Members | undefined => {
      try {
        return this.validate(tenant, client_id, input);
      } catch {
        return undefined;
      }
    };
    const isSame = (input: Members): boolean => isDeepStrictEqual(makes(input), members);
    const decided = makes(pick(members, (name) => DECISIVE.test(name))) ?? {};
    const told = pick(members, (name) => DECISIVE.test(name) || !isDeepStrictEqual(members[name], decided[name]));
    let kept = isSame(told) ? told : members;
    for (const name of Object.keys(kept)) {
      const fewer = pick(kept, (each) => each !== name);
      if (name !== 'type' && isSame(fewer)) kept = fewer;
    }
    return kept;
  }

  private async secretsOf(tenantId: string, tx?: Transaction) {
    const now = this.clock.now();
    const live = (await this.repository.liveSecretsOfTenant(tenantId, tx)).filter(
      ({ expiresAt }) => !expiresAt || expiresAt > now,
    );
    const shown = live.map(({ clientId, id, name, hash, expiresAt }) => ({
      clientId,
      secret: { id, name, expiresAt: expiresAt ?? null, is: (value: string) => this.clientSecrets.is(value, hash) },
    }));
    const byClient = Map.groupBy(shown, ({ clientId }) => clientId);
    return new Map([...byClient].map(([clientId, all]) => [clientId, all.map(({ secret }) => secret)]));
  }
}

function membersOf({ metadata, name, type, securityProfile }: ClientRow): Members {
  return { type, client_name: name, security_profile: securityProfile, ...metadata };
}

function pick(members: Members, isKept: (name: string) => boolean): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => isKept(name)));
}
