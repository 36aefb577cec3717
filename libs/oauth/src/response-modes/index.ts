import { formPost } from './form-post';
import { formPostJwt, jwt, queryJwt } from './jwt';
import { query } from './query';
import type { ResponseModeHandler } from './response-mode';

export type { Delivery, ResponseModeHandler } from './response-mode';

/** What is served; discovery reads the names. */
export const RESPONSE_MODE_HANDLERS: readonly ResponseModeHandler[] = [query, formPost, jwt, queryJwt, formPostJwt];

export function findResponseMode(name: string): ResponseModeHandler | undefined {
  return RESPONSE_MODE_HANDLERS.find((mode) => mode.name === name);
}
