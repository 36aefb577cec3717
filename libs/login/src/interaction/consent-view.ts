/** @spec OAuth 2.1 §7.9, OIDC Core §3.1.2.4 — what is new, per API, in plain words (S-151). */
import type { Client } from '@tokenidp/clients';
import type { InteractionView, ScopeGroup, ScopeView } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import type { Texts } from '../i18n/texts';
import { appLogo, appName, hostOf, localized, webAddress } from '../pages/client-links';
import type { ConsentGroup, ConsentView } from '../pages/consent';

type Consent = NonNullable<InteractionView['consent']>;

/** Everything of the page but the form: what the request asks for and who asks. */
export type ConsentWords = Pick<ConsentView, 'app' | 'device' | 'groups' | 'more' | 'lifetime' | 'shown'>;

export function consentWords(
  { client, redirectUri, device }: InteractionView,
  { consent, tenant }: { consent: Consent; tenant: Pick<Tenant, 'basePath'> },
  texts: Texts,
): ConsentWords {
  const { groups, more } = whatIsNew(consent.groups);
  const { accessTokenSeconds, offline } = consent.lifetime;
  return {
    app: {
      ...about(client, texts),
      logo: appLogo(tenant, client),
      host: redirectUri === undefined ? undefined : hostOf(redirectUri),
    },
    device: device && { code: device.userCode, ip: device.ip, ageSeconds: device.ageSeconds },
    groups: groups.map((group) => groupWords(group, texts)),
    more,
    lifetime: offline
      ? { kind: 'offline', idleSeconds: offline.idleSeconds, seconds: offline.absoluteSeconds }
      : { kind: 'session', seconds: accessTokenSeconds },
    shown: consent.shown,
  };
}

/** Only the new ones; all of them when nothing is new and the user is asked all the same (`prompt=consent`). */
function whatIsNew(groups: readonly ScopeGroup[]): { groups: readonly ScopeGroup[]; more: boolean } {
  const isNew = ({ isNew: is }: ScopeView): boolean => is;
  const fresh = groups.map((group) => ({ ...group, scopes: group.scopes.filter(isNew) }));
  if (fresh.every(({ scopes }) => scopes.length === 0)) return { groups, more: false };
  return {
    groups: fresh.filter(({ scopes }) => scopes.length > 0),
    more: !groups.every(({ scopes }) => scopes.every(isNew)),
  };
}

export function groupWords({ resource, scopes }: ScopeGroup, texts: Texts): ConsentGroup {
  return {
    api: resource && (resource.name || resource.identifier),
    scopes: scopes.map((scope) => words(scope, texts)),
  };
}

function words(
  { name, displayName, description, sensitive, facts }: ScopeView,
  texts: Texts,
): ConsentGroup['scopes'][number] {
  const own = `scope.${name}.name`;
  const ownText = `scope.${name}.description`;
  return {
    name: displayName || (texts.has(own) ? texts.text(own) : name),
    description: description || (texts.has(ownText) ? texts.text(ownText) : undefined),
    sensitive,
    ...(facts && { facts }),
  };
}

function about(client: Client, { locale }: Texts): Omit<ConsentView['app'], 'host' | 'logo'> {
  return {
    name: appName(client, locale),
    origin: client.origin === 'registered' ? 'self' : client.origin,
    documentHost: client.origin === 'metadata' ? hostOf(client.client_id) : undefined,
    website: webAddress(localized(client, 'client_uri', locale)),
    policy: webAddress(localized(client, 'policy_uri', locale)),
    terms: webAddress(localized(client, 'tos_uri', locale)),
  };
}
