import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS } from '@tokenidp/kernel';
import type { FastifyInstance } from 'fastify';

const FOLDER = join(__dirname, '../../../../docs/problems');

/** @spec RFC 9457 §3.1.1 — the type of a problem is an address that explains it: `/problems/<slug>`, read once. */
export function serveProblemPages(fastify: FastifyInstance): void {
  for (const slug of Object.keys(PROBLEMS)) {
    const text = readFileSync(join(FOLDER, `${slug}.md`), 'utf8');
    fastify.get(`/problems/${slug}`, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type('text/plain; charset=utf-8').send(text),
    );
  }
}
