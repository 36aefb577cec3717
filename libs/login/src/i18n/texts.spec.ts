import de from './de.json';
import en from './en.json';
import { LOCALES, Texts, type TextKey } from './texts';

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

describe('Texts', () => {
  it('every language has the same keys', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.keys(en) as TextKey[])('%s is filled in and has the same placeholders in every language', (key) => {
    expect(de[key].trim()).not.toBe('');
    expect(placeholders(de[key])).toEqual(placeholders(en[key]));
  });

  it('languages differ, but for names and patterns', () => {
    const same = (Object.keys(en) as TextKey[]).filter((key) => en[key] === de[key]);
    expect(same).toEqual(['layout.title', 'consent.website']);
  });

  it('fills placeholders in, in plain text and around elements', () => {
    const texts = Texts.of('en');
    expect(texts.text('login.lead', { app: 'Photos' })).toBe('to continue to Photos');
    expect(texts.rich('login.lead', { app: 42 })).toEqual(['to continue to ', 42, '']);
  });

  it('does not read a placeholder out of a value', () => {
    expect(Texts.of('en').text('logout.heading', { tenant: '{user}' })).toBe('Sign out of {user}?');
  });

  it.each([
    [1, '1 second', '1 Sekunde'],
    [45, '45 seconds', '45 Sekunden'],
    [60, '1 minute', '1 Minute'],
    [61, '2 minutes', '2 Minuten'],
    [3600, '60 minutes', '60 Minuten'],
    [86_400, '24 hours', '24 Stunden'],
    [14 * 86_400, '14 days', '14 Tage'],
    [0, '1 second', '1 Sekunde'],
  ])('words %i seconds', (seconds, english, german) => {
    expect(LOCALES.map((locale) => Texts.of(locale).duration(seconds))).toEqual([english, german]);
  });
});
