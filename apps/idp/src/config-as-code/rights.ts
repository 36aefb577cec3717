/** @spec ASVS V8.2.1 — whoever applies a configuration may do each of its changes by themselves (S-178). */
import { Injectable } from '@nestjs/common';
import type { AdminCall, AdminPermission } from '@tokenidp/admin-api';
import { ClientHandOver } from '@tokenidp/clients';
import { newId, ProblemError } from '@tokenidp/kernel';
import type { ConfigurationDto } from './configuration.dto';
import type { State } from './current-state';
import { atPointer } from './plan/at-pointer';
import { type ClientInput, isRegistered, type Scopes } from './plan/clients-plan';
import type { Kind, Step } from './plan/step';
import type { TrustedIssuerInput } from './plan/trusted-issuers-plan';

const TO_READ = {
  tenant: 'settings.read',
  resources: 'resources.read',
  roles: 'roles.read',
  clients: 'clients.read',
  trustedIssuers: 'clients.read',
} as const satisfies Record<Exclude<keyof ConfigurationDto, 'version'>, AdminPermission>;

const TO_WRITE = {
  tenant: 'settings.write',
  resource: 'resources.write',
  permission: 'roles.write',
  role: 'roles.write',
  client: 'clients.write',
  'trusted-issuer': 'clients.write',
} as const satisfies Record<Kind, AdminPermission>;

type Section = keyof typeof TO_READ;
export const SECTIONS = Object.keys(TO_READ) as Section[];

const ASSIGNMENT = 'assignments.';

@Injectable()
export class ConfigurationRights {
  constructor(private readonly handOver: ClientHandOver) {}

  /** A plan tells what is there, and so does a refusal. @throws ProblemError (forbidden) */
  assertMayRead(call: AdminCall, sections: readonly Section[]): void {
    for (const section of sections) assertHas(call, TO_READ[section]);
  }

  /** @throws ProblemError (forbidden, conflict) at the place in the document */
  async assertMayApply(call: AdminCall, state: State, steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      for (const permission of permissionsOf(step)) assertHas(call, permission);
    }
    for (const step of steps) await atPointer(step.pointer, () => this.assertMayDo(call, state, step));
  }

  private async assertMayDo(call: AdminCall, state: State, step: Step): Promise<void> {
    const { tenant } = state;
    if (step.kind === 'trusted-issuer' && step.action !== 'delete') {
      const known = state.trustedIssuers.find(({ id }) => id === step.id);
      const { members } = step.input as TrustedIssuerInput;
      this.handOver.assertNoAdministration(call, tenant, [...audiencesOf(members), ...(known?.audiences ?? [])]);
    }
    if (step.kind !== 'client') return;
    if (step.action === 'delete') assertNotOneself(call, step);
    else await this.assertClient(call, state, step as Step<ClientInput>);
  }

  private async assertClient(call: AdminCall, { tenant, resources }: State, step: Step<ClientInput>): Promise<void> {
    const { id, input, changes } = step;
    const members = Object.fromEntries(changes.map(({ member, after }) => [member, after]));
    await this.handOver.assertMembers(call, tenant, registered(members), id);
    if (id !== undefined && input!.secrets.added.length > 0) await this.handOver.assertCredentials(call, tenant, id);
    for (const { identifier, id: resourceId } of resources) {
      const assigned = members[ASSIGNMENT + identifier] as Scopes | null | undefined;
      // One that is made has no roles yet: those that it gets are looked at when they are given.
      const path = { clientId: id ?? newId(), resourceId };
      if (assigned) await this.handOver.assertAssignment(call, tenant, path, assigned);
    }
  }
}

function permissionsOf({ kind, action, changes, input }: Step): AdminPermission[] {
  if (kind !== 'client') return [TO_WRITE[kind]];
  const isOnly = (name: string): boolean => action === 'update' && changes.every(({ member }) => member === name);
  const hasRoles = changes.some(({ member, after }) => member === 'roles' && !(action === 'create' && isEmpty(after)));
  const { added = [], revoked = [] } = (input as ClientInput | undefined)?.secrets ?? {};
  return [
    ...(isOnly('roles') || isOnly('secrets') ? [] : [TO_WRITE.client]),
    ...(hasRoles ? [TO_WRITE.role] : []),
    ...(added.length + revoked.length > 0 ? (['clients.secrets'] as const) : []),
  ];
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

function registered(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([member]) => isRegistered(member)));
}

function audiencesOf({ audiences }: Readonly<Record<string, unknown>>): unknown[] {
  return Array.isArray(audiences) ? (audiences as unknown[]) : [];
}

/** S-177: what would lock its author out in the middle is a slip. */
function assertNotOneself(call: AdminCall, { id, key }: Step): void {
  const { actor } = call.administrator;
  if (actor.type !== 'client' || actor.id !== id) return;
  throw new ProblemError('conflict', `It would delete ${key}, by which it is applied: name it, or use another one.`);
}

function assertHas(call: AdminCall, permission: AdminPermission): void {
  if (!call.administrator.permissions.has(permission)) {
    throw new ProblemError('forbidden', `The permission ${permission} is missing.`);
  }
}
