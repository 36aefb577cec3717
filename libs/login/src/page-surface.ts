/** @spec RFC 6749 §4.1.2.1 — who came for a page is answered with a page, also when no controller has seen the request. */
import { UnavailableError } from '@tokenidp/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const HOSTED_PAGE = /^\/(?:$|login$|consent$|setup$|device(?:\/|$)|requests(?:\/|$)|interaction(?:\/|$))/;

/** Call it before the controllers' routes are added. */
export function registerPageSurface(
  fastify: FastifyInstance,
  answer: (request: FastifyRequest, reply: FastifyReply, error: unknown) => void,
): void {
  fastify.addHook('onRoute', (route) => {
    if (!HOSTED_PAGE.test(route.url)) return;
    route.errorHandler = (error, request, reply) => {
      // Where no tenant is served there are no pages either: the application answers. Who cannot be looked up may be one.
      if (!request.tenant && !(error instanceof UnavailableError)) throw error;
      answer(request, reply, error);
    };
  });
}
