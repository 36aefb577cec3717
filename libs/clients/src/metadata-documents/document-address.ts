/**
 * @spec draft-ietf-oauth-client-id-metadata-document §3 — which client_id is the address of a document: https, a path
 * without dot segments, no user, no fragment; compared as a text, so it must be spelled the way it parses.
 */
const MAX_LENGTH = 255;
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:[/?]|$)/i;

export function isDocumentAddress(clientId: string): boolean {
  if (clientId.length > MAX_LENGTH || !clientId.startsWith('https://')) return false;
  const url = URL.parse(clientId);
  if (!url || url.href !== clientId || url.username || url.password) return false;
  return !clientId.includes('#') && !DOT_SEGMENT.test(clientId);
}
