import type { Client } from '@tokenidp/clients';
import type { SentRequest } from './sent-request';

/** One setting that lets the same request through. */
export interface Fix {
  /** of the administration API */
  readonly operation: 'PATCH' | 'POST' | 'PUT';
  /** below `/admin/api/v1` */
  readonly path: string;
  readonly member: string;
  readonly value: unknown;
}

/** Why a request was refused, as somebody who knows the configuration tells it. */
export interface Diagnosis {
  readonly cause: string;
  readonly explanation: string;
  readonly sent?: Readonly<Record<string, unknown>>;
  readonly registered?: Readonly<Record<string, unknown>>;
  readonly fix?: Fix;
}

/** What is known of a refusal, and of the client that the request named where there is one. */
export interface FailedCase {
  readonly endpoint: string;
  readonly error: string;
  readonly description: string;
  readonly status: number;
  readonly sent: SentRequest;
  readonly client: Client | null;
}

/** Null where it is about something else. */
export type Diagnose = (failed: FailedCase) => Diagnosis | null;

/** For a member that the client's security profile leaves to it; null where there is no fix. */
export function patch(client: Client, member: keyof Client & string, value: unknown): Fix | undefined {
  if (Object.hasOwn(client.profile.fixed, member)) return undefined;
  return { operation: 'PATCH', path: `/clients/${client.id}`, member, value };
}
