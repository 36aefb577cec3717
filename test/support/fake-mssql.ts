import { EventEmitter } from 'node:events';
import * as real from 'mssql';

/** A request as it would have gone to SQL Server. */
export interface SentRequest {
  text: string;
  inputs: { name: string; type: real.ISqlType; value: unknown }[];
  inTransaction: boolean;
}

interface Answer {
  rows?: Record<string, unknown>[];
  columns?: Record<string, { name: string; type: unknown }>;
  affected?: number[];
}

/** Stands in for the `mssql` package: keeps what is sent, answers what it is told to. */
export class FakeMssql {
  readonly sent: SentRequest[] = [];
  answer: (request: SentRequest) => Answer | Error = () => ({});

  /** For TypeORM's `driver` option. */
  get module(): typeof real {
    const { sent, ask } = { sent: this.sent, ask: (request: SentRequest) => this.answer(request) };

    class Pool extends EventEmitter {
      readonly config = {};
      connect(callback?: (error?: Error) => void): Promise<this> | this {
        if (!callback) return Promise.resolve(this);
        setImmediate(callback);
        return this;
      }
      close(callback?: (error?: Error) => void): Promise<void> {
        callback?.();
        return Promise.resolve();
      }
      request(): FakeRequest {
        return new FakeRequest(this);
      }
      transaction(): FakeTransaction {
        return new FakeTransaction();
      }
    }

    class FakeTransaction extends EventEmitter {
      begin = (callback?: (error?: Error) => void): Promise<void> => this.told('begin', callback);
      commit = (callback?: (error?: Error) => void): Promise<void> => this.told('commit', callback);
      rollback = (callback?: (error?: Error) => void): Promise<void> => this.told('rollback', callback);

      private async told(text: string, callback?: (error?: Error) => void): Promise<void> {
        sent.push({ text, inputs: [], inTransaction: true });
        callback?.();
      }
    }

    class FakeRequest {
      private readonly inputs: SentRequest['inputs'] = [];
      constructor(private readonly connection: object) {}

      input(name: string, type: real.ISqlType, value: unknown): this {
        this.inputs.push({ name, type, value });
        return this;
      }

      async query(text: string): Promise<unknown> {
        const request = { text, inputs: this.inputs, inTransaction: this.connection instanceof FakeTransaction };
        sent.push(request);
        const answer = ask(request);
        if (answer instanceof Error) throw answer;
        const { rows = [], columns = {}, affected = [rows.length] } = answer;
        const recordset = Object.assign([...rows], { columns });
        return { recordset, recordsets: [recordset], rowsAffected: affected };
      }

      batch = (text: string): Promise<unknown> => this.query(text);
    }

    return {
      ...real,
      ConnectionPool: Pool,
      Request: FakeRequest,
      Transaction: FakeTransaction,
    } as unknown as typeof real;
  }
}
