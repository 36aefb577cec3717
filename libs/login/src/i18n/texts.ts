import type { ComponentChildren } from 'preact';
import de from './de.json';
import en from './en.json';

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];
export type TextKey = keyof typeof en;
export type Catalogue = Readonly<Record<TextKey, string>>;

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, de };
const PLACEHOLDER = /\{(\w+)\}/;

/** One language's words. Placeholders are `{name}`; durations are worded by the platform's own locale data. */
export class Texts {
  constructor(
    readonly locale: Locale,
    private readonly catalogue: Catalogue = CATALOGUES[locale],
  ) {}

  static of(locale: Locale): Texts {
    return TEXTS[locale];
  }

  /** Plain text with its placeholders filled in. */
  text(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
    return split(this.catalogue[key])
      .map((part, index) => (index % 2 === 0 ? part : String(values[part] ?? '')))
      .join('');
  }

  /** The same with elements in the placeholders, for a name in bold or the like. */
  rich(key: TextKey, values: Readonly<Record<string, ComponentChildren>>): ComponentChildren[] {
    return split(this.catalogue[key]).map((part, index) => (index % 2 === 0 ? part : values[part]));
  }

  has(key: string): key is TextKey {
    return Object.hasOwn(this.catalogue, key);
  }

  /** `90` → "2 minutes": whole units, rounded up; a unit is used from two of it on, so that 24 hours stay hours. */
  duration(seconds: number): string {
    const { unit, size } = UNITS.find((each) => seconds >= each.from) ?? { unit: 'second', size: 1 };
    const count = Math.max(1, Math.ceil(seconds / size));
    return new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  }
}

const UNITS = [
  { unit: 'day', size: 86_400, from: 2 * 86_400 },
  { unit: 'hour', size: 3600, from: 2 * 3600 },
  { unit: 'minute', size: 60, from: 60 },
];

const TEXTS: Readonly<Record<Locale, Texts>> = { en: new Texts('en'), de: new Texts('de') };

/** Text and placeholder names in turn: `a {b} c` → ['a ', 'b', ' c']. */
function split(template: string): string[] {
  return template.split(PLACEHOLDER);
}
