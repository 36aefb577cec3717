import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from './free-port';

/** A sample of docs/samples as whoever reads it would start it: a process of its own. */
export class SampleServer {
  private constructor(
    private readonly process: ChildProcess,
    readonly origin: string,
  ) {}

  /** @param file below docs/samples */
  static async start(file: string, options: Record<string, string>): Promise<SampleServer> {
    const port = await freePort();
    const given = Object.entries({ ...options, port: String(port) }).flatMap(([name, value]) => [`--${name}`, value]);
    const path = join(__dirname, '../../docs/samples', file);
    const child = spawn(process.execPath, [path, ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(([code]) => failed(file, code))]);
    return new SampleServer(child, `http://localhost:${port}`);
  }

  async close(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
  }
}

function failed(file: string, code: unknown): never {
  throw new Error(`${file} ended with ${String(code)}`);
}
