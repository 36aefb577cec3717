/** @spec OIDC Core §3.1.2.1 — ui_locales in order of preference; none that we speak is no error. */
import { LOCALES, type Locale } from './texts';

export interface LocaleWishes {
  /** `ui_locales`, most wanted first. */
  uiLocales?: readonly string[];
  acceptLanguage?: string | undefined;
  tenant: { default: string; supported: readonly string[] };
}

/** The first language that the request wishes, the tenant offers and we speak. */
export function chooseLocale(wishes: LocaleWishes): Locale {
  const offered = LOCALES.filter((locale) => wishes.tenant.supported.includes(locale));
  const wanted = [...(wishes.uiLocales ?? []), ...acceptedLanguages(wishes.acceptLanguage), wishes.tenant.default];
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    const match = offered.find((locale) => locale === language);
    if (match) return match;
  }
  return offered[0] ?? 'en';
}

/** @spec RFC 9110 §12.5.4 — by weight, then as written; a weight of zero is a refusal. */
function acceptedLanguages(header: string | undefined): string[] {
  if (!header) return [];
  return header
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .map(({ tag }) => tag);
}
