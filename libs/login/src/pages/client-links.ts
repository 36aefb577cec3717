import type { Client } from '@tokenidp/clients';
import { sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { Locale } from '../i18n/texts';
import type { AppLink } from './frame';

/** Where our pages get the logos of apps from. */
export const CLIENT_LOGO_PATH = '/client-logo';

type LocalizedMember = 'client_name' | 'client_uri' | 'policy_uri' | 'tos_uri';

/** @spec RFC 7591 §2.2 — a member in the reader's language when the client registered one, else the plain one. */
export function localized(client: Client, member: LocalizedMember, locale: Locale): string | undefined {
  return client.localized?.[`${member}#${locale}`] ?? client[member];
}

/** The app's name; an app without one is called by its identifier. */
export function appName(client: Client, locale: Locale): string {
  return localized(client, 'client_name', locale) || client.client_id;
}

/**
 * @spec OIDC Core §4 — where a user can start over: the app's own sign-in start, told who asks for it, or its home page.
 * Nobody vouches for the addresses of a client that registered itself, so it has none here.
 */
export function appLink(
  tenant: Pick<Tenant, 'issuer'>,
  client: Client | undefined,
  locale: Locale,
): AppLink | undefined {
  if (!client || (client.origin !== 'admin' && client.origin !== 'built-in')) return undefined;
  const href = client.initiate_login_uri
    ? withIssuer(client.initiate_login_uri, tenant.issuer)
    : webAddress(localized(client, 'client_uri', locale));
  return href ? { name: appName(client, locale), href } : undefined;
}

/** S-009: an address of ours; another logo has another one, so that none is taken for the one before. */
export function appLogo({ basePath }: Pick<Tenant, 'basePath'>, { client_id, logo_uri }: Client): string | undefined {
  if (!logo_uri) return undefined;
  const query = new URLSearchParams({ client_id, v: sha256(logo_uri).slice(0, 12) });
  return `${basePath}${CLIENT_LOGO_PATH}?${query.toString()}`;
}

/** Only http and https lead anywhere a link may lead. */
export function webAddress(uri: string | undefined): string | undefined {
  return uri && /^https?:\/\//.test(uri) && URL.canParse(uri) ? uri : undefined;
}

/** What the user reads of an address: the host, or the scheme of an app on the device. */
export function hostOf(uri: string): string {
  const { host, protocol } = new URL(uri);
  return /^https?:$/.test(protocol) ? host : protocol.slice(0, -1);
}

function withIssuer(uri: string, issuer: string): string | undefined {
  if (!webAddress(uri)) return undefined;
  const url = new URL(uri);
  url.searchParams.set('iss', issuer);
  return url.href;
}
