import { sampleFrame, samples } from '../../test/page-samples';
import { htmlOf, textOf } from '../../test/page-text';
import en from '../i18n/en.json';
import { type Catalogue, LOCALES, Texts, type TextKey } from '../i18n/texts';
import { accentColours } from './accent';
import { ConsentPage } from './consent';
import { FormPostPage } from './form-post';
import { LoginPage } from './login';

const PSEUDO = Object.fromEntries(Object.entries(en).map(([key, text]) => [key, `⟦${text}⟧`])) as unknown as Catalogue;

const pagesOf = (locale: (typeof LOCALES)[number]) => samples(sampleFrame(Texts.of(locale)));
const everyPage = LOCALES.flatMap((locale) =>
  Object.entries(pagesOf(locale)).map(([name, page]) => [name, locale, htmlOf(page)] as const),
);

describe('pages', () => {
  it.each(everyPage)('%s (%s) is one whole document with one heading', (_name, locale, document) => {
    expect(document).toContain(`<html lang="${locale}" dir="ltr">`);
    expect(document.match(/<h1>/g)).toHaveLength(1);
    expect(document.match(/<main/g)).toHaveLength(1);
    expect(document).toMatch(/<title>[^<]+ · Northwind<\/title>/);
    expect(document).not.toContain('undefined');
    expect(document).not.toMatch(/[{}⟦⟧](?![^<]*<\/style>)/);
    expect((document.match(/ autofocus/g) ?? []).length).toBeLessThanOrEqual(1);
  });

  it.each(everyPage)(
    'S-007 S-009 %s (%s) has no inline code and nothing of another host',
    (_name, _locale, document) => {
      expect(document).not.toMatch(/ style=| on[a-z]+=|javascript:/i);
      expect(document.match(/<script[^>]*>/g)).toEqual(['<script src="/assets/login.js" nonce="script-nonce" defer>']);
      expect(document.match(/<style[^>]*>/g)).toEqual(['<style nonce="style-nonce">']);
      const loaded = [...document.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"/g)].map(([, url]) => url);
      for (const url of loaded) expect(url).toMatch(/^\/(?:assets\/|t\/northwind\/client-logo\?)/);
    },
  );

  it.each(everyPage)('%s (%s) fields are labelled, and described where they are wrong', (_name, _locale, document) => {
    for (const [field] of document.matchAll(/<input (?!type="hidden")[^>]*>/g)) {
      const id = /id="([^"]+)"/.exec(field)![1];
      expect(document).toContain(`<label for="${id}">`);
      expect(field).toMatch(/autocomplete="[^"]+"/);
      for (const described of (/aria-describedby="([^"]+)"/.exec(field)?.[1] ?? '').split(' ').filter(Boolean)) {
        expect(document).toContain(`id="${described}"`);
      }
    }
  });

  it('a pseudo-locale run shows nothing hard-coded', () => {
    const frame = sampleFrame(new Texts('en', PSEUDO));
    const data = [
      ...[
        'Northwind',
        'Northwind Orders',
        'L',
        'N',
        'P',
        'Q',
        'WDJB-MJHT',
        'Read orders',
        'Place orders',
        'Orders in your name.',
      ],
      ...[
        'Lists your orders with their items and prices.',
        'invalid_redirect_uri: redirect_uri is not registered for this application',
      ],
      '0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
    ].sort((left, right) => right.length - left.length);
    for (const [name, page] of Object.entries(samples(frame))) {
      const document = htmlOf(page);
      const outside = data.reduce(
        (left, known) => left.replaceAll(known, ''),
        textOf(document).replace(/⟦[^⟦⟧]*⟧/g, ''),
      );
      expect([name, outside.replace(/\s+/g, '')]).toEqual([name, '']);
      const words = /(?:aria-label|title|placeholder|alt|data-done|data-other-label|data-other-text)="([^"]+)"/g;
      for (const [, value] of document.matchAll(words)) expect(value).toMatch(/^⟦.*⟧$/);
      expect(document).toMatch(/<title>⟦⟦[^⟦⟧]+⟧ · Northwind⟧<\/title>/);
    }
  });

  it('every text is used by some page or rule', () => {
    const used = new Set<string>();
    class Watched extends Texts {
      override text(key: TextKey, values = {}): string {
        used.add(key);
        return super.text(key, values);
      }
      override rich(...[key, values]: Parameters<Texts['rich']>): ReturnType<Texts['rich']> {
        used.add(key);
        return super.rich(key, values);
      }
    }
    Object.values(samples(sampleFrame(new Watched('en')))).map(htmlOf);
    const unused = Object.keys(en).filter((key) => !used.has(key));
    // Put in by the controllers, not by the pages.
    expect(unused.filter((key) => !/^(?:scope|setup\.error|login\.error|register\.error)\./.test(key))).toEqual([]);
  });
});

describe('stable names', () => {
  const document = (name: string): string => htmlOf(pagesOf('en')[name]);

  it('S-133 the sign-in form is one that managers know', () => {
    const page = document('login');
    expect(page).toMatch(/<form method="post" action="\/interaction\/0197\/login" noValidate/i);
    expect(page).toMatch(/<input id="username" name="username" type="text" autocomplete="username"[^>]* autofocus/);
    expect(page).toMatch(/<input id="password" name="password" type="password" autocomplete="current-password"/);
    expect(page).toContain('id="login-submit"');
    expect(page).not.toMatch(/maxlength|onpaste|autocomplete="off"/);
  });

  it('the focus goes to the password when the name is there', () => {
    expect(document('login-again')).toMatch(/name="password"[^>]* autofocus/);
  });

  it.each([
    ['consent', ['id="consent-allow"', 'id="consent-deny"', 'name="decision" value="allow"']],
    ['logout-confirm', ['id="logout-confirm"', 'name="confirmation" value="confirmation-value"']],
    ['setup', ['autocomplete="new-password"', 'name="token" value="setup-token"', 'autocomplete="email"']],
    ['form-post', ['method="post" action="https://photos.example.com/cb" data-autosubmit', '<button']],
  ])('%s', (name, expected) => {
    for (const each of expected) expect(document(name)).toContain(each);
  });
});

describe('hostile values', () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const frame = sampleFrame(Texts.of('en'), { name: hostile, accent: accentColours('}body{display:none') });
  const target = { action: '/x', csrf: hostile };

  it.each([
    [
      'S-151 markup in names is inert on the consent page',
      <ConsentPage
        frame={frame}
        view={{
          form: target,
          shown: hostile,
          user: hostile,
          app: { name: hostile, origin: 'self', host: hostile },
          groups: [{ api: hostile, scopes: [{ name: hostile, description: hostile, sensitive: false }] }],
          more: false,
          lifetime: { kind: 'session', seconds: 1 },
        }}
      />,
    ],
    [
      'S-028 a hostile state is inert in form_post',
      <FormPostPage frame={frame} view={{ action: 'https://a.test/', fields: { state: hostile }, appName: hostile }} />,
    ],
    [
      'S-151 a typed name is inert on the sign-in page',
      <LoginPage
        frame={frame}
        view={{
          form: target,
          cancel: target,
          appName: hostile,
          again: false,
          username: hostile,
          credentialsWrong: false,
        }}
      />,
    ],
  ])('%s', (_title, page) => {
    const document = htmlOf(page);
    expect(document.match(/<script/g)).toHaveLength(1);
    expect(document).not.toContain('<img src=x');
    expect(document).not.toContain('body{display');
  });
});
