/** @spec RFC 6749 §4.1.2, OAuth 2.0 Multiple Response Types §2.1 — appended to the query, which is otherwise left alone. */
import type { ResponseModeHandler } from './response-mode';

export const query: ResponseModeHandler = {
  name: 'query',
  deliver(redirectUri, parameters) {
    const added = Object.entries(parameters)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    const location = added === '' ? redirectUri : `${redirectUri}${separator(redirectUri)}${added}`;
    return { mode: 'redirect', location };
  },
};

function separator(uri: string): string {
  if (!uri.includes('?')) return '?';
  return uri.endsWith('?') || uri.endsWith('&') ? '' : '&';
}
