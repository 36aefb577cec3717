import { Injectable } from '@nestjs/common';
import { ResourcesService, TrustedIssuersService } from '@tokenidp/clients';
import { AuditService } from '@tokenidp/audit';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { PermissionsService, RolesService } from '@tokenidp/users';
import { ClientWriter } from './client-writer';
import type { State } from './current-state';
import { atPointer } from './plan/at-pointer';
import type { ClientInput } from './plan/clients-plan';
import type { CompleteResource, PermissionInput } from './plan/resources-plan';
import type { RoleInputByIdentifier } from './plan/roles-plan';
import type { Kind, Step } from './plan/step';
import type { TenantInput } from './plan/tenant-plan';
import type { TrustedIssuerInput } from './plan/trusted-issuers-plan';
import type { Plan } from './planner';
import type { Ahead, Writing } from './writing';

type Work = (writing: Writing, step: Step<never>) => Promise<unknown>;

/** Carries out the steps of a plan, each by the service that does it for the administration, in one transaction. */
@Injectable()
export class Writer {
  private readonly works: Readonly<Record<Kind, Work>> = {
    tenant: (writing, step) => this.tenant(writing, step),
    resource: (writing, step) => this.resource(writing, step),
    permission: (writing, step) => this.permission(writing, step),
    role: (writing, step) => this.role(writing, step),
    client: (writing, step: Step<ClientInput>) => this.clients.write(writing, step),
    'trusted-issuer': (writing, step) => this.trustedIssuer(writing, step),
  };

  constructor(
    private readonly tenants: TenantsService,
    private readonly resources: ResourcesService,
    private readonly permissions: PermissionsService,
    private readonly roles: RolesService,
    private readonly clients: ClientWriter,
    private readonly trustedIssuers: TrustedIssuersService,
    private readonly audit: AuditService,
  ) {}

  /** What has to be asked of others, ahead of the transaction. @throws ProblemError at the place in the document */
  prepare({ tenant, steps }: Plan): Promise<Ahead> {
    return this.clients.prepare(tenant, steps);
  }

  /** @throws ProblemError at the place in the document */
  async write(
    state: State,
    { tenant, steps }: Plan,
    { change, ahead }: Pick<Writing, 'change' | 'ahead'>,
  ): Promise<void> {
    const resources = new Map(state.resources.map(({ identifier, id }) => [identifier, id]));
    const writing = { tenant, change, ahead, resources };
    for (const step of steps) await atPointer(step.pointer, () => this.works[step.kind](writing, step as Step<never>));
    const settings = steps.some(({ kind }) => kind === 'tenant');
    if (settings) await atPointer('/tenant/settings', () => this.tenants.settingsChanged(state.tenant, change.tx));
  }

  private tenant({ tenant, change }: Writing, { input, changes }: Step<TenantInput>): Promise<Tenant> {
    const of = (which: 'before' | 'after') => Object.fromEntries(changes.map((each) => [each.member, each[which]]));
    const { tx, actor, request } = change;
    const target = { type: 'tenant', id: tenant.id };
    const detail = { before: of('before'), after: of('after') };
    return this.tenants.configure(tenant.id, input!, tx, () =>
      this.audit.record(tenant.id, { event: 'setting.changed', result: 'success', actor, request, target, detail }, tx),
    );
  }

  private async resource({ tenant, change, resources }: Writing, step: Step<CompleteResource>): Promise<void> {
    if (step.action === 'delete') return this.resources.delete(tenant, step.id!, change);
    const { identifier, ...members } = step.input!;
    if (step.action === 'update') await this.resources.update(tenant, step.id!, members, change);
    else resources.set(identifier, (await this.resources.create(tenant, step.input!, change)).id);
  }

  private permission({ tenant, change, resources }: Writing, step: Step<PermissionInput>): Promise<unknown> {
    if (step.action === 'delete') return this.permissions.delete(tenant, step.id!, change);
    const { resource, key, description } = step.input!;
    if (step.action === 'update') return this.permissions.update(tenant, step.id!, { description }, change);
    return this.permissions.create(tenant, resources.get(resource)!, { key, description }, change);
  }

  private role({ tenant, change, resources }: Writing, step: Step<RoleInputByIdentifier>): Promise<unknown> {
    if (step.action === 'delete') return this.roles.delete(tenant, step.id!, change);
    const { permissions: byIdentifier, ...members } = step.input!;
    const byId = [...byIdentifier].map(([identifier, keys]) => [resources.get(identifier)!, keys] as const);
    const role = { ...members, permissions: Object.fromEntries(byId) };
    return step.action === 'update'
      ? this.roles.update(tenant, step.id!, role, change)
      : this.roles.create(tenant, role, change);
  }

  private async trustedIssuer({ tenant, change }: Writing, step: Step<TrustedIssuerInput>): Promise<void> {
    if (step.action === 'delete') return this.trustedIssuers.delete(tenant, step.id!, change);
    const { members, enabled } = step.input!;
    const isChanged = step.changes.some(({ member }) => member !== 'enabled');
    const nothing = { jwks: null, jwks_uri: null, scopes: [], audiences: [] };
    if (step.action === 'update' && isChanged) {
      await this.trustedIssuers.update(tenant, step.id!, { ...nothing, ...members }, change);
    }
    const id = step.id ?? (await this.trustedIssuers.create(tenant, members, change)).id;
    const isSwitched = step.id === undefined ? !enabled : step.changes.some(({ member }) => member === 'enabled');
    if (!isSwitched) return;
    await (enabled ? this.trustedIssuers.enable(tenant, id, change) : this.trustedIssuers.disable(tenant, id, change));
  }
}
