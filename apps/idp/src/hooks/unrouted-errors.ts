/**
 * @spec RFC 9457 §3, RFC 6797 §7.2 — what the framework refuses before there is a route, a tenant or even a request
 * is answered like all else: no word from inside (S-013), and the headers that every answer has (S-001).
 */
import { newId, ProblemError, type ProblemSlug } from '@tokenidp/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemFilter } from '../problem.filter';
import { securityHeaders } from './security-headers.hook';

type Headers = Readonly<Record<string, string>>;

const SLUG_OF_CODE: Readonly<Record<string, ProblemSlug>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'header-too-large',
};

/** The two answers that Fastify takes as options. */
export function unroutedErrors(https: boolean) {
  const headers = securityHeaders(https);
  const problems = new ProblemFilter();
  return {
    /** A path that cannot be decoded, or a part of it that is too long. */
    frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
      problems.send(error, request, reply.headers(headers));
    },
    /** What is no HTTP, or did not arrive in time. */
    clientErrorHandler(error: NodeJS.ErrnoException, socket: Socket): void {
      if (error.code !== 'ECONNRESET' && socket.writable) socket.write(rawAnswer(error.code, headers));
      socket.destroy(error);
    },
  };
}

function rawAnswer(code: string | undefined, headers: Headers): string {
  const problem = new ProblemError(SLUG_OF_CODE[code ?? ''] ?? 'invalid-input', 'The request was not understood.');
  const body = JSON.stringify(problem.toBody(newId()));
  const all: Headers = {
    ...headers,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'content-length': String(body.length),
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`;
}
