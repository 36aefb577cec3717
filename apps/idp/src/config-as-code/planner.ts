import { Injectable } from '@nestjs/common';
import { ConfiguredClients, TrustedIssuersService } from '@tokenidp/clients';
import { TenancyOptions, type Tenant } from '@tokenidp/tenancy';
import type { ConfigurationDto } from './configuration.dto';
import type { State } from './current-state';
import { clientSteps } from './plan/clients-plan';
import { References } from './plan/references';
import { permissionSteps, resourceSteps } from './plan/resources-plan';
import { roleSteps } from './plan/roles-plan';
import type { Kind, Step } from './plan/step';
import { tenantSteps, wantedTenant } from './plan/tenant-plan';
import { trustedIssuerSteps } from './plan/trusted-issuers-plan';

/** What it takes to make a tenant what a document says. */
export interface Plan {
  /** the tenant as it will be */
  readonly tenant: Tenant;
  readonly steps: readonly Step[];
}

/** Nothing is made before what it refers to, and nothing goes before what refers to it. */
const MAKING: readonly Kind[] = ['tenant', 'resource', 'permission', 'role', 'client', 'trusted-issuer'];

@Injectable()
export class Planner {
  constructor(
    private readonly clients: ConfiguredClients,
    private readonly trustedIssuers: TrustedIssuersService,
    private readonly options: TenancyOptions,
  ) {}

  /** The same for the same state and document. @throws ProblemError naming what is wrong in the document */
  async plan(state: State, document: ConfigurationDto): Promise<Plan> {
    const tenant = await wantedTenant(state.tenant, document.tenant ?? {}, this.options.rootDomain);
    const references = new References(state, document);
    const { resources, roles, clients, trustedIssuers } = document;
    const planning = { state, tenant, references, clients: this.clients };
    const all: readonly (readonly Step[])[] = [
      document.tenant ? tenantSteps(state.tenant, tenant) : [],
      resources ? await resourceSteps(state, tenant, resources) : [],
      resources ? permissionSteps(state, resources) : [],
      roles ? roleSteps(state, references, roles) : [],
      clients ? await clientSteps(planning, clients) : [],
      trustedIssuers ? await trustedIssuerSteps(state, tenant, this.trustedIssuers, trustedIssuers) : [],
    ];
    return { tenant, steps: inOrder(all.flat()) };
  }
}

function inOrder(steps: readonly Step[]): Step[] {
  const place = ({ action, kind }: Step): number =>
    action === 'delete' ? 2 * MAKING.length - MAKING.indexOf(kind) : MAKING.indexOf(kind);
  return [...steps].sort((one, other) => place(one) - place(other));
}
