/** @spec RFC 7591 §2 and §2.2 — what people are shown of a client; markup is inert on our pages, disguise is refused here. */
import { invalid } from './client-metadata-error';
import { httpsUri } from './uris';
import { textListMember, textMember, type MetadataInput } from './members';

/** Controls, and the characters that turn the direction of text or hide in it. */
const DISGUISE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const TRANSLATABLE = ['client_name', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri'];
const MAX_TRANSLATIONS = 200;
const E_MAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

export function displayName(input: MetadataInput, name = 'client_name'): string | undefined {
  const text = textMember(input, name, 200);
  if (text === undefined) return undefined;
  if (DISGUISE.test(text) || text.trim() === '') throw invalid(name, 'must be plain, visible text');
  return text.normalize('NFC');
}

export function contacts(input: MetadataInput): string[] | undefined {
  const addresses = textListMember(input, 'contacts', 10);
  for (const each of addresses ?? []) {
    if (!E_MAIL.test(each)) throw invalid('contacts', 'must hold e-mail addresses');
  }
  return addresses;
}

/** Whether the member's name is one of a translation, in whatever language. */
export function isTranslation(name: string): boolean {
  return TRANSLATABLE.some((base) => name.startsWith(`${base}#`));
}

/** RFC 7591 §2.2: `client_name#de`, `tos_uri#pt-BR` …, each held to the rule of the member it translates. */
export function translations(input: MetadataInput): Record<string, string> | undefined {
  const names = Object.keys(input).filter(isTranslation);
  if (names.length > MAX_TRANSLATIONS) throw invalid('client_name', 'has too many translations');
  const entries = names.map((name) => [name, translation(input, name)] as const);
  const present = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  return present.length > 0 ? Object.fromEntries(present) : undefined;
}

function translation(input: MetadataInput, name: string): string | undefined {
  if (!isLanguageTag(name.slice(name.indexOf('#') + 1))) throw invalid(name, 'must end in a language tag');
  return name.startsWith('client_name#') ? displayName(input, name) : httpsUri(input, name);
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
