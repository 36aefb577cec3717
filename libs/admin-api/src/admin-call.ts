import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import { ProblemError, type RequestContext } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';
import { type AdministrativeActor, type Administrator, administratorOf, assertHolds, contextOf } from './administrator';
import { precondition } from './entity-tag';

const MAX_IDEMPOTENCY_KEY = 255;

/** What a change is done with: by whom, on which request, in which transaction. Every lib's `Change` takes it. */
export interface AdminChange {
  readonly actor: AdministrativeActor;
  readonly request: RequestContext;
  readonly tx?: Transaction;
}

/** One request to the administration API, as its handlers see it. */
export class AdminCall {
  readonly administrator: Administrator;

  constructor(private readonly request: FastifyRequest) {
    this.administrator = administratorOf(request);
  }

  get tenantId(): string {
    return this.administrator.tenantId;
  }

  /** What the request is about, told apart from all others: method and route with its ids. */
  get place(): string {
    return `${this.request.method} ${this.request.url}`;
  }

  /** @throws ProblemError (invalid-input) for a key that is empty or too long */
  get idempotencyKey(): string | undefined {
    const key = this.request.headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key === 'string' && key.length > 0 && key.length <= MAX_IDEMPOTENCY_KEY) return key;
    throw new ProblemError('invalid-input', `An Idempotency-Key has 1 to ${MAX_IDEMPOTENCY_KEY} characters.`);
  }

  change(tx?: Transaction): AdminChange {
    return { actor: this.administrator.actor, request: contextOf(this.request), tx };
  }

  /**
   * For a change of something that exists: compares what is there with what the caller has seen.
   * @param view how the thing is shown; the result is to be called with the row held
   * @throws ProblemError (precondition-required) at once, (precondition-failed) from the result
   */
  expects<T>(view: (current: T) => object): (current: T) => void {
    const check = precondition(this.request);
    return (current) => check(view(current));
  }

  /** @throws ProblemError (forbidden) */
  assertHolds(permissions: Iterable<string>): void {
    assertHolds(this.administrator, permissions);
  }
}

/** The call as a handler's parameter: `list(@Call() call: AdminCall)`. */
export const Call = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => new AdminCall(context.switchToHttp().getRequest<FastifyRequest>()),
);
