import { readFileSync } from 'node:fs';
import type { NewClient, NewResource } from '@tokenidp/clients';
import type { NewTenant } from '@tokenidp/tenancy';
import type { NewUser } from '@tokenidp/users';

/** A tenant with all that a suite expects to find in it. */
export interface PlannedTenant extends NewTenant {
  /** its own domain, in place of a path or sub-domain */
  domain?: string;
  resources?: readonly NewResource[];
  users: readonly (NewUser & { username: string; password: string })[];
  /** with the scopes of each resource that users may grant it */
  clients: readonly (NewClient & { client_id: string; client_secret?: never; scopes?: Record<string, string[]> })[];
}

/** The file that `npm run start:conformance` is given; docs/samples/conformance.json is one. */
export interface ConformancePlan {
  tenants: readonly PlannedTenant[];
}

/** What a plan leaves open: where the suite is, the public keys it signs with. */
export type PlanValues = Readonly<Record<string, unknown>>;

/**
 * A text `${NAME}` of the plan is the value of that name, whatever it is; within a longer text it is a part of it.
 * @throws Error that names what is missing
 */
export function readPlan(path: string, values: PlanValues): ConformancePlan {
  const plan = filledIn(readJson(path), values) as Partial<ConformancePlan>;
  if (!Array.isArray(plan.tenants)) throw new Error(`${path} has no list of tenants.`);
  return plan as ConformancePlan;
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function filledIn(value: unknown, values: PlanValues): unknown {
  if (typeof value === 'string') return filledText(value, values);
  if (Array.isArray(value)) return value.map((each) => filledIn(each, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledIn(each, values)]));
}

function filledText(text: string, values: PlanValues): unknown {
  const [, whole] = /^\$\{(\w+)\}$/.exec(text) ?? [];
  if (whole !== undefined) return valueOf(whole, values);
  return text.replace(/\$\{(\w+)\}/g, (_place, name: string) => String(valueOf(name, values)));
}

function valueOf(name: string, values: PlanValues): unknown {
  if (!Object.hasOwn(values, name)) throw new Error(`The plan needs a value for ${name}.`);
  return values[name];
}
