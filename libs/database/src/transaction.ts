import type { EntityManager } from 'typeorm';

/** An open transaction, handed on as an argument; only this library looks inside. */
export abstract class Transaction {
  private readonly hooks: (() => void)[] = [];

  /** TypeORM's manager on the same connection. */
  abstract get manager(): EntityManager;

  /** Runs `hook` once the transaction has committed, and never when it has not. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  /** Called by the driver, once. */
  committed(): void {
    for (const hook of this.hooks) hook();
  }
}
