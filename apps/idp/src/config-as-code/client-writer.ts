import { Injectable } from '@nestjs/common';
import { ClientsService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { RolesService } from '@tokenidp/users';
import { atPointer } from './plan/at-pointer';
import { type ClientInput, isRegistered, type Scopes } from './plan/clients-plan';
import type { Step } from './plan/step';
import type { Ahead, Asked, Writing } from './writing';

const SECTOR = new Set(['sector_identifier_uri', 'redirect_uris']);
const NOTHING: Scopes = { userScopes: [], clientScopes: [] };
const ASSIGNMENT = 'assignments.';

/** A client with all that hangs from it. */
@Injectable()
export class ClientWriter {
  constructor(
    private readonly clients: ClientsService,
    private readonly roles: RolesService,
  ) {}

  /** Asks sectors ahead of the transaction, so that nobody waits for it while others are asked. @throws ProblemError */
  async prepare(tenant: Tenant, steps: readonly Step[]): Promise<Ahead> {
    const ahead = new Map<string, Asked>();
    for (const { kind, key, pointer, input, changes } of steps) {
      const { registration } = (input ?? {}) as Partial<ClientInput>;
      const isAsked = changes.some(({ member }) => SECTOR.has(member)) && registration?.sector_identifier_uri;
      if (kind !== 'client' || !isAsked) continue;
      const metadata = { client_name: key, ...laidOut(registration) };
      ahead.set(key, await atPointer(pointer, () => this.clients.validate(tenant, metadata, {})));
    }
    return ahead;
  }

  async write(writing: Writing, step: Step<ClientInput>): Promise<void> {
    const { tenant, change } = writing;
    if (step.action === 'delete') return this.clients.delete(tenant, step.id!, change);
    const id = step.action === 'create' ? await this.create(writing, step) : await this.update(writing, step);
    await this.assign(writing, id, step);
    await this.giveRoles(writing, id, step);
  }

  private async create({ tenant, change, ahead }: Writing, { input }: Step<ClientInput>): Promise<string> {
    const { client_id, registration, status, secrets } = input!;
    const metadata = { ...laidOut(registration), client_id };
    const { client } = await this.clients.create(tenant, metadata, {
      ...change,
      ahead: ahead.get(client_id),
      secrets: secrets.added,
    });
    if (status === 'disabled') await this.clients.disable(tenant, client.id, change);
    return client.id;
  }

  private async update({ tenant, change, ahead }: Writing, { id, input, changes }: Step<ClientInput>): Promise<string> {
    const { client_id, registration, status, secrets } = input!;
    if (changes.some(({ member }) => isRegistered(member))) {
      const metadata = { client_name: client_id, ...laidOut(registration) };
      await this.clients.replace(tenant, id!, metadata, { ...change, ahead: ahead.get(client_id) });
    }
    if (changes.some(({ member }) => member === 'status')) {
      await (status === 'active'
        ? this.clients.enable(tenant, id!, change)
        : this.clients.disable(tenant, id!, change));
    }
    for (const secretId of secrets.revoked) await this.clients.revokeSecret(tenant, id!, secretId, change);
    for (const secret of secrets.added) await this.clients.addSecret(tenant, id!, secret, change);
    return id!;
  }

  private async assign({ tenant, change, resources }: Writing, id: string, step: Step<ClientInput>): Promise<void> {
    for (const { member } of step.changes) {
      const identifier = member.startsWith(ASSIGNMENT) ? member.slice(ASSIGNMENT.length) : undefined;
      const resourceId = identifier && resources.get(identifier);
      if (!identifier || !resourceId) continue;
      const scopes = step.input!.assignments.get(identifier) ?? NOTHING;
      await this.clients.assign(tenant, id, resourceId, { ...scopes, ...change });
    }
  }

  private async giveRoles(
    { tenant, change }: Writing,
    id: string,
    { input, changes }: Step<ClientInput>,
  ): Promise<void> {
    const before = changes.find(({ member }) => member === 'roles');
    if (!before) return;
    const held = (before.before ?? []) as readonly string[];
    const wanted = input!.roles;
    const holder = { type: 'client', id } as const;
    for (const role of wanted) if (!held.includes(role)) await this.roles.assign(tenant, holder, role, change);
    for (const role of held) if (!wanted.includes(role)) await this.roles.unassign(tenant, holder, role, change);
  }
}

/** Translations side by side with what they translate, as clients register them. */
function laidOut({ localized, ...registration }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...registration, ...(localized ?? {}) };
}
