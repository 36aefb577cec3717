import type { Tenant } from '@tokenidp/tenancy';
import type { TestClient } from './fixtures';
import type { Answer } from './http';

/** Stands for every secret and every value that is nobody's business. */
export const PLANTED = 'planted-value-7731';

/** Whom requests are made by. */
export interface FailingWorld {
  readonly tenant: Tenant;
  /** has the code flow, by query alone */
  readonly app: TestClient;
  /** has tokens of its own */
  readonly machine: TestClient;
  /** has to push its requests */
  readonly strict: TestClient;
}

/** A request that fails, and what is to be kept of it. */
export interface FailingRequest {
  readonly ask: () => Promise<Answer>;
  readonly cause: string;
  readonly endpoint: string;
  readonly error: string;
  readonly sent?: object;
  readonly registered?: object;
  /** none is offered when absent */
  readonly fix?: object;
}

export const fixOf = (member: string, value: unknown, path?: string) => ({ member, value, ...(path && { path }) });
