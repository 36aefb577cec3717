/**
 * @spec JARM §2.3 — query and form_post, in which one signed `response` stands for all parameters; `jwt` is the
 * default of the response type, which for a code is the query. There is no fragment.
 */
import { formPost } from './form-post';
import { query } from './query';
import type { ResponseModeHandler } from './response-mode';

export const jwt: ResponseModeHandler = { name: 'jwt', isSigned: true, deliver: query.deliver };
export const queryJwt: ResponseModeHandler = { name: 'query.jwt', isSigned: true, deliver: query.deliver };
export const formPostJwt: ResponseModeHandler = { name: 'form_post.jwt', isSigned: true, deliver: formPost.deliver };
