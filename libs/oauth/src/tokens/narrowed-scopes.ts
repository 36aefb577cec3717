/** @spec OAuth 2.1 §4.3.1 — a refresh asks for less or the same, never for more (S-073). */
import { OAuthError, parseScope } from '@tokenidp/kernel';

export function narrowedScopes(granted: ReadonlySet<string>, asked: string | undefined): ReadonlySet<string> {
  if (asked === undefined) return granted;
  const scopes = parseScope(asked);
  for (const scope of scopes) {
    if (!granted.has(scope)) throw new OAuthError('invalid_scope', 'a scope was asked for that was not granted');
  }
  return scopes;
}
