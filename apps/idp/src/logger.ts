import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** What must never reach a log, wherever it stands in a logged object (S-182). */
const SECRETS = [
  'password',
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'authorization',
  'cookie',
];

/** Where Nest tells of each module and route it has found: nothing an operator needs to read at every start. */
const CHATTY = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

/** Nest's log through pino: JSON lines, one object each, secrets taken out. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(level: string) {
    this.pino = pino({
      level,
      base: undefined,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), remove: true },
    });
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest passes what was logged besides, and the name of the logger last; an error passes its stack. */
  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const details = rest.slice(0, context === undefined ? undefined : -1);
    const error = message instanceof Error ? message : details.find((detail) => detail instanceof Error);
    const stack = error ? undefined : details.find((detail) => typeof detail === 'string');
    const objects = details.filter((detail) => typeof detail === 'object' && detail !== null && detail !== error);
    const quiet = level === 'info' && CHATTY.has(String(context));
    this.pino[quiet ? 'debug' : level](
      { context, ...(error ? { err: error } : {}), ...(stack ? { stack } : {}), ...Object.assign({}, ...objects) },
      message instanceof Error ? message.message : String(message),
    );
  }
}
