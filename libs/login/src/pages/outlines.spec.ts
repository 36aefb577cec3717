import { sampleFrame, samples } from '../../test/page-samples';
import { LOCALES, type Locale, Texts } from '../i18n/texts';
import { htmlOf, textOf } from '../../test/page-text';

/** What a reader meets in order: heading, lead, labels, buttons and links. */
function outline(document: string): string[] {
  const elements =
    /<(h1|h2|label|button|a)\b[^>]*>(.*?)<\/\1>|<(p) class="(?:lead|error|ask|notice)"[^>]*>(.*?)<\/\3>/gs;
  return [...document.matchAll(elements)].map(
    (match) => `${match[1] ?? match[3]}: ${textOf(match[2] ?? match[4] ?? '')}`,
  );
}

const pagesOf = (locale: Locale) => samples(sampleFrame(Texts.of(locale)));

describe('outlines', () => {
  const of = (name: string): string[][] => LOCALES.map((locale) => outline(htmlOf(pagesOf(locale)[name])));

  it('login', () => {
    expect(of('login')).toEqual([
      [
        'h1: Sign in',
        'p: to continue to Photo Library',
        'label: E-mail or username',
        'label: Password',
        'button: Show',
        'button: Sign in',
        'button: Cancel and go back to Photo Library',
      ],
      [
        'h1: Anmelden',
        'p: und weiter zu Photo Library',
        'label: E-Mail oder Benutzername',
        'label: Passwort',
        'button: Anzeigen',
        'button: Anmelden',
        'button: Abbrechen und zurück zu Photo Library',
      ],
    ]);
  });

  it('consent for more than before', () => {
    expect(of('consent-more')).toEqual([
      [
        'h1: Allow Photo Library to use your account?',
        'p: Signed in as ada@northwind.example',
        'p: Photo Library would like to do more than before:',
        'h2: Northwind Orders',
        'a: Website',
        'a: Privacy policy',
        'a: Terms of service',
        'button: Allow',
        'button: Do not allow',
      ],
      [
        'h1: Darf Photo Library Ihr Konto nutzen?',
        'p: Angemeldet als ada@northwind.example',
        'p: Photo Library möchte mehr als bisher:',
        'h2: Northwind Orders',
        'a: Website',
        'a: Datenschutzerklärung',
        'a: Nutzungsbedingungen',
        'button: Erlauben',
        'button: Nicht erlauben',
      ],
    ]);
  });

  it('logout', () => {
    expect(of('logout-confirm-app')).toEqual([
      [
        'h1: Sign out of Northwind?',
        'p: Photo Library asks to sign you out. You are signed in as ada@northwind.example .',
        'button: Sign out',
        'a: Stay signed in',
      ],
      [
        'h1: Von Northwind abmelden?',
        'p: Photo Library möchte Sie abmelden. Sie sind als ada@northwind.example angemeldet.',
        'button: Abmelden',
        'a: Angemeldet bleiben',
      ],
    ]);
    expect(of('signed-out').map(([heading]) => heading)).toEqual(['h1: You are signed out', 'h1: Sie sind abgemeldet']);
  });

  it('the error page has one fixed heading, a request ID and a way on', () => {
    for (const [name, page] of Object.entries(pagesOf('en')).filter(([each]) => each.startsWith('error-'))) {
      const lines = outline(htmlOf(page));
      expect([name, lines[0]]).toEqual([name, 'h1: This request could not be completed']);
      expect(htmlOf(page)).toMatch(/<code id="request-id">[^<]+<\/code>/);
      expect(lines.at(-1)).toMatch(/^a: Go to /);
    }
  });
});
