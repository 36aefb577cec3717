import { contentSecurityPolicy, embeddedPolicy } from './csp';

const nonces = { script: 'S', style: 'T' };
const formAction = (uris: string[]): string | undefined =>
  contentSecurityPolicy(nonces, { formTargets: uris })
    .split('; ')
    .find((directive) => directive.startsWith('form-action'));

describe('contentSecurityPolicy', () => {
  it('S-007 allows nothing by default, no inline script or style, no frame, no base', () => {
    expect(contentSecurityPolicy(nonces)).toBe(
      "default-src 'none'; script-src 'nonce-S'; style-src 'nonce-T'; img-src 'self' data:; form-action 'self'; " +
        "base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
    );
  });

  it.each([
    ['an origin, without the path', ['https://app.test/cb?x=1'], "form-action 'self' https://app.test"],
    ['a port', ['http://127.0.0.1:4711/cb'], "form-action 'self' http://127.0.0.1:4711"],
    ['an app on the device by its scheme', ['com.example.app:/cb'], "form-action 'self' com.example.app:"],
    ['an IPv6 host by its scheme: the grammar has no brackets', ['http://[::1]:80/'], "form-action 'self' http:"],
    ['each once', ['https://a.test/1', 'https://a.test/2'], "form-action 'self' https://a.test"],
  ])('OAuth 2.1 §7.11 form-action holds %s', (_title, uris, expected) => {
    expect(formAction(uris)).toBe(expected);
  });

  it('S-007 a host cannot add a directive', () => {
    expect(formAction(["https://a.test;script-src/'"])).toBe("form-action 'self' https:");
  });

  it('OIDC Front-Channel Logout §3 S-007 lets exactly the origins of the frames in', () => {
    const frames = ['https://a.test/out?sid=1', 'https://b.test:8443/', 'https://a.test/again'];
    const directives = contentSecurityPolicy(nonces, { frames }).split('; ');
    expect(directives).toContain('frame-src https://a.test https://b.test:8443');
    expect(directives).toContain("default-src 'none'");
    expect(directives).toContain("frame-ancestors 'none'");
  });

  it('OIDC Session Management §3.3 lets others embed a page of one script, and that page nothing else', () => {
    expect(embeddedPolicy(nonces)).toBe(
      "default-src 'none'; script-src 'nonce-S'; base-uri 'none'; form-action 'none'; object-src 'none'",
    );
  });
});
