/** @spec RFC 7591 §2, OIDC Registration §2, OIDC Core §4 — URIs that we, or a person's browser, will follow. */
import { invalid } from './client-metadata-error';
import { textMember, type MetadataInput } from './members';
import type { RegistrationPolicy } from './registration-policy';

/** An https URL without user or fragment: a page or picture of the client, or where a third party starts a sign-in. */
export function httpsUri(input: MetadataInput, name: string): string | undefined {
  const text = textMember(input, name);
  if (text === undefined) return undefined;
  if (parsed(text, name).protocol !== 'https:') throw invalid(name, 'must use https');
  return text;
}

/** A URL that the server itself will call: https, or a host that the deployment has named. */
export function outboundUri(input: MetadataInput, name: string, policy: RegistrationPolicy): string | undefined {
  const text = textMember(input, name);
  if (text === undefined) return undefined;
  const url = parsed(text, name);
  const isPlainAllowed = url.protocol === 'http:' && isAllowedHost(url, policy.outboundAllowedHosts);
  if (url.protocol !== 'https:' && !isPlainAllowed) throw invalid(name, 'must use https');
  return text;
}

/** Front-Channel Logout §2: same scheme, host and port as one of the redirect URIs. */
export function frontchannelLogoutUri(input: MetadataInput, redirectUris: readonly string[]): string | undefined {
  const name = 'frontchannel_logout_uri';
  const text = textMember(input, name);
  if (text === undefined) return undefined;
  const { origin, protocol } = parsed(text, name);
  const isSameOrigin = redirectUris.some((uri) => URL.parse(uri)?.origin === origin);
  if (!/^https?:$/.test(protocol) || !isSameOrigin) throw invalid(name, 'must have the origin of a redirect URI');
  return text;
}

function parsed(text: string, name: string): URL {
  const url = URL.parse(text);
  if (!url || /[\s\\]/.test(text)) throw invalid(name, 'must be an absolute URL');
  if (url.username || url.password) throw invalid(name, 'must not hold a user or password');
  if (text.includes('#')) throw invalid(name, 'must not have a fragment');
  return url;
}

function isAllowedHost(url: URL, allowed: readonly string[]): boolean {
  const port = url.port || '80';
  return allowed.some((host) => [url.hostname, `${url.hostname}:${port}`].includes(host.trim().toLowerCase()));
}
