/** @spec RFC 8705 §2, §7.2 — a client may show a certificate, whoever issued it; which one is good is not decided here. */
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { TlsFiles } from './tls-files';

const RELOAD_MILLISECONDS = 5000;

interface FactoryOptions {
  http?: ServerOptions;
  requestTimeout?: number;
  keepAliveTimeout?: number;
}

/** Speaks https with what is in the files, also when they are renewed. */
export class TlsListener {
  private readonly logger = new Logger(TlsListener.name);
  private readonly servers = new Set<Server>();
  private complaint: string | undefined;

  constructor(private readonly files: TlsFiles) {}

  /** Fastify makes one server for each address it listens on. */
  readonly serverFactory: FastifyServerFactory = (handler, options) => {
    const { http, requestTimeout, keepAliveTimeout } = options as FactoryOptions;
    const tls = { ...this.files.secure, requestCert: true, rejectUnauthorized: false };
    const server = createServer({ ...http, ...tls }, handler);
    Object.assign(server, { requestTimeout, keepAliveTimeout });
    this.servers.add(server);
    return server;
  };

  /** Looks at the files now and then. Reading them is cheap, and sees what a changed link would hide from a watch. */
  watch(fastify: FastifyInstance): void {
    const timer = setInterval(() => this.reload(), RELOAD_MILLISECONDS).unref();
    fastify.addHook('onClose', (_fastify, done) => {
      clearInterval(timer);
      done();
    });
  }

  /** New connections get what is new; what is broken is complained of once, and changes nothing. */
  reload(): void {
    try {
      if (this.files.reload()) {
        for (const server of this.servers) server.setSecureContext(this.files.secure!);
        this.logger.log('renewed certificates are in use');
      }
      this.complaint = undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      if (reason !== this.complaint) this.logger.error(`the certificates before stay in use: ${reason}`);
      this.complaint = reason;
    }
  }
}
