import { OAuthError } from '@tokenidp/kernel';
import { X509Certificate } from 'node:crypto';
import { selfSigned } from '../../../../test/support/certificate';
import { certificateOfHeader } from './client-certificate-header';

const { cert } = selfSigned('app.example');
const x509 = new X509Certificate(cert);
const base64 = x509.raw.toString('base64');
const escaped = encodeURIComponent(cert);
// nginx leaves + and / as they are not; Envoy escapes spaces and line breaks too.
const envoy = `By=urn:proxy;Hash=${'a'.repeat(64)};Cert="${escaped}";Subject="CN=\\"x\\";O=y,Z";URI=urn:x`;

describe('RFC 9440 §2.1, §2.2 the certificate that a proxy hands on', () => {
  it.each([
    ['client-cert', `:${base64}:`],
    ['client-cert', `  :${base64}:  `],
    ['x-ssl-client-cert', escaped],
    ['x-forwarded-client-cert', envoy],
    ['x-forwarded-client-cert', `cert="${escaped}"`],
  ] as const)('is read from %s', (form, value) => {
    const raw = ['Host', 'id.example', form.toUpperCase(), value];
    expect(certificateOfHeader(form, raw)?.fingerprint256).toBe(x509.fingerprint256);
  });

  it.each(['client-cert', 'x-ssl-client-cert', 'x-forwarded-client-cert'] as const)('is none without %s', (form) => {
    expect(certificateOfHeader(form, ['Host', 'id.example', 'X-Client-Cert', escaped])).toBeUndefined();
    expect(certificateOfHeader(form, [form, ''])).toBeUndefined();
  });

  it.each<[Parameters<typeof certificateOfHeader>[0], string[]]>([
    ['client-cert', [`:${base64}:`, `:${base64}:`]],
    ['client-cert', [`:${base64}:, :${base64}:`]],
    ['client-cert', [base64]],
    ['client-cert', [`:${base64.slice(0, 100)}:`]],
    ['client-cert', ['::']],
    ['client-cert', [`:${base64}:;a=1`]],
    ['client-cert', [escaped]],
    ['x-ssl-client-cert', [escaped, '']],
    ['x-ssl-client-cert', [escaped + escaped]],
    ['x-ssl-client-cert', ['%zz']],
    ['x-ssl-client-cert', [base64]],
    ['x-forwarded-client-cert', [`${envoy},${envoy}`]],
    ['x-forwarded-client-cert', [`${envoy},Hash=1`]],
    ['x-forwarded-client-cert', [envoy, envoy]],
    ['x-forwarded-client-cert', [`${envoy};Cert="${escaped}"`]],
    ['x-forwarded-client-cert', ['Hash=abc']],
    ['x-forwarded-client-cert', [`Subject="x;Cert="${escaped}"`]],
    ['x-forwarded-client-cert', ['nonsense']],
  ])('is not guessed from %s: %#', (form, values) => {
    const raw = values.flatMap((value) => [form, value]);
    expect(() => certificateOfHeader(form, raw)).toThrow(OAuthError);
  });
});
