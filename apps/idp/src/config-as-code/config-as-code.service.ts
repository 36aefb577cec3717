import { Injectable } from '@nestjs/common';
import type { AdminCall } from '@tokenidp/admin-api';
import { AuditService } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import { ProblemError } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import type { ConfigurationDto } from './configuration.dto';
import { CurrentState } from './current-state';
import { Exporter } from './export';
import type { PlanDto } from './plan.dto';
import { digestOf, shown, type Step } from './plan/step';
import { type Plan, Planner } from './planner';
import { ConfigurationRights, SECTIONS } from './rights';
import { Writer } from './writer';
import type { Ahead, Writing } from './writing';

/** Ends a transaction that was for show. */
class Rehearsed extends Error {}

/** A tenant as a document: what it is, what a document would change of it, and that change, all or nothing. */
@Injectable()
export class ConfigAsCode {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantsService,
    private readonly current: CurrentState,
    private readonly exporter: Exporter,
    private readonly planner: Planner,
    private readonly rights: ConfigurationRights,
    private readonly writer: Writer,
    private readonly audit: AuditService,
  ) {}

  async export(tenant: Tenant, call: AdminCall): Promise<ConfigurationDto> {
    this.rights.assertMayRead(call, SECTIONS);
    const { actor, request } = call.change();
    const detail = { noun: 'config' };
    await this.audit.record(tenant.id, { event: 'export.taken', result: 'success', actor, request, detail });
    return this.exporter.document(await this.current.read(tenant));
  }

  async plan(tenant: Tenant, document: ConfigurationDto, call: AdminCall): Promise<PlanDto> {
    this.rights.assertMayRead(call, sectionsOf(document));
    const given = plain(document);
    const plan = await this.planner.plan(await this.current.read(tenant), given);
    if (plan.steps.length > 0) await this.rehearse(tenant, { document: given, plan }, call);
    return planOf(plan.steps);
  }

  /** Does all of it and takes it back, so that whatever would be refused is refused here. Whose rights suffice is apply's. */
  private async rehearse(
    tenant: Tenant,
    { document, plan }: { document: ConfigurationDto; plan: Plan },
    call: AdminCall,
  ): Promise<void> {
    const ahead = await this.writer.prepare(plan);
    const work = { document, digest: digestOf(plan.steps), ahead };
    const done = new Rehearsed();
    const taken = this.database.transaction(async (tx) => {
      await this.applyWithin(tx, tenant, work, { ...call.change() });
      throw done;
    });
    await taken.catch((error: unknown) => {
      if (error !== done) throw error;
    });
  }

  /** @throws ProblemError (conflict) when what it would do is not what was expected */
  async apply(tenant: Tenant, given: ConfigurationDto, call: AdminCall, expect?: string): Promise<PlanDto> {
    this.rights.assertMayRead(call, sectionsOf(given));
    const document = plain(given);
    const state = await this.current.read(tenant);
    const plan = await this.planner.plan(state, document);
    const digest = digestOf(plan.steps);
    if (expect !== undefined && expect !== digest) throw changedMeanwhile();
    // Rights are read from memory, ahead of the transaction; what is done in it is the same plan or nothing.
    await this.rights.assertMayApply(call, state, plan.steps);
    if (plan.steps.length > 0) {
      const ahead = await this.writer.prepare(plan);
      const by = { ...call.change(), held: call.administrator.permissions };
      await this.database.transaction((tx) => this.applyWithin(tx, tenant, { document, digest, ahead }, by));
    }
    return planOf(plan.steps);
  }

  private async applyWithin(
    tx: Transaction,
    { id }: Tenant,
    { document, digest, ahead }: { document: ConfigurationDto; digest: string; ahead: Ahead },
    by: Omit<Writing['change'], 'tx'>,
  ): Promise<void> {
    const state = await this.current.read(await this.tenants.hold(id, tx), tx);
    const plan = await this.planner.plan(state, document);
    if (digestOf(plan.steps) !== digest) throw changedMeanwhile();
    await this.writer.write(state, plan, { change: { ...by, tx }, ahead });
  }
}

function planOf(steps: readonly Step[]): PlanDto {
  return { digest: digestOf(steps), steps: shown(steps) };
}

function sectionsOf(document: ConfigurationDto) {
  return SECTIONS.filter((section) => document[section] !== undefined);
}

/** Without the classes of the input, which nothing else is made of; null of a member is its absence. */
function plain(document: ConfigurationDto): ConfigurationDto {
  const read = JSON.parse(JSON.stringify(document)) as ConfigurationDto;
  const clients = read.clients?.map((client) => withoutNull({ ...client }) as typeof client);
  const trustedIssuers = read.trustedIssuers?.map((issuer) => withoutNull({ ...issuer }) as typeof issuer);
  return { ...read, ...(clients && { clients }), ...(trustedIssuers && { trustedIssuers }) };
}

function withoutNull(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

function changedMeanwhile(): ProblemError {
  return new ProblemError('conflict', 'The tenant has changed since the plan was made: plan again.');
}
