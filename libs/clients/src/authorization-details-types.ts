/** @spec RFC 9396 §2.1, §9.1, §10 — the types that the resources of a tenant know; nothing else may be asked for. */
import { Injectable } from '@nestjs/common';
import { CoherentCache, Invalidations, type Transaction } from '@tokenidp/database';
import { ClientsError } from './clients-error';
import type { AuthorizationDetailsType, DetailMember } from './resource';
import { ResourcesRepository } from './resources.repository';

const TOPIC = 'authorization-details-types';
const MAX_TENANTS = 10_000;
const MAX_TYPES = 50;
const MAX_MEMBERS = 50;
const MAX_TEXT = 1_000;
const KINDS: readonly unknown[] = ['text', 'texts', 'number', 'boolean', 'object'];

@Injectable()
export class AuthorizationDetailsTypes {
  private readonly cache: CoherentCache<readonly string[]>;

  constructor(
    private readonly invalidations: Invalidations,
    private readonly resources: ResourcesRepository,
  ) {
    this.cache = new CoherentCache(invalidations, { topic: TOPIC, max: MAX_TENANTS, load: (id) => this.load(id) });
  }

  /** Names, in order; from memory once known. The same list until one of them changes. */
  async of(tenantId: string): Promise<readonly string[]> {
    return (await this.cache.get(tenantId)) ?? [];
  }

  /** Undefined when they have to be asked for. */
  peek(tenantId: string): readonly string[] | undefined {
    return this.cache.peek(tenantId);
  }

  forget(tenantId: string, tx: Transaction): Promise<void> {
    return this.invalidations.publish(TOPIC, tenantId, tx);
  }

  private async load(tenantId: string): Promise<readonly string[]> {
    const rows = await this.resources.authorizationDetailsTypes(tenantId);
    return [...new Set(rows.flatMap((row) => (row.authorizationDetailsTypes ?? []).map(({ type }) => type)))].sort();
  }
}

/** @throws ClientsError (`invalid-resource`) */
export function assertAuthorizationDetailsTypes(types: readonly AuthorizationDetailsType[]): void {
  const names = types.map(({ type }) => type);
  if (types.length > MAX_TYPES || new Set(names).size !== names.length) {
    throw unfit(`A resource has at most ${MAX_TYPES} types, each once.`);
  }
  for (const type of types) assertType(type);
}

function assertType({ type, displayName, description, members }: AuthorizationDetailsType): void {
  if (!isText(type, 1, 255) || /\s/.test(type)) throw unfit('A type has 1 to 255 characters, without spaces.');
  if (!isText(displayName, 1) || !isText(description, 0)) throw unfit('A type has a name and a description for users.');
  const entries = Object.entries(members);
  if (entries.length > MAX_MEMBERS) throw unfit(`A type has at most ${MAX_MEMBERS} members.`);
  if (!entries.every(([name, member]) => name !== 'type' && isText(name, 1, 100) && isMember(member))) {
    throw unfit('A member has a name and one of the kinds text, texts, number, boolean, object.');
  }
}

function isMember({ kind, values }: DetailMember): boolean {
  const takesValues = kind === 'text' || kind === 'texts';
  return KINDS.includes(kind) && (values === undefined || (takesValues && values.every((value) => isText(value, 1))));
}

function isText(value: unknown, shortest: number, longest = MAX_TEXT): boolean {
  return typeof value === 'string' && value.isWellFormed() && value.length >= shortest && value.length <= longest;
}

function unfit(message: string): ClientsError {
  return new ClientsError('invalid-resource', message);
}
