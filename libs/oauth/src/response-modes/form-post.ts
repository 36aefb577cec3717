/** @spec OAuth 2.0 Form Post Response Mode §2 — fields of a form that the page posts by itself; escaping is the page's duty. */
import type { ResponseModeHandler } from './response-mode';

export const formPost: ResponseModeHandler = {
  name: 'form_post',
  deliver: (redirectUri, parameters) => ({ mode: 'form', action: redirectUri, fields: { ...parameters } }),
};
