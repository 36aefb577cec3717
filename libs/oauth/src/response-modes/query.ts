/** @spec RFC 6749 §4.1.2, OAuth 2.0 Multiple Response Types §2.1 — appended to the query, which is otherwise left alone. */
import type { ResponseModeHandler } from './response-mode';

export const query = {
  name: 'query',
  deliver(redirectUri: string, parameters: Readonly<Record<string, string>>) {
    const added = Object.entries(parameters)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    const location = added === '' ? redirectUri : `${redirectUri}${separator(redirectUri)}${added}`;
    return { mode: 'redirect', location };
  },
} as const satisfies ResponseModeHandler;

function separator(uri: string): string {
  if (!uri.includes('?')) return '?';
  return uri.endsWith('?') || uri.endsWith('&') ? '' : '&';
}
