import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BearerError } from './bearer-error';
import { OAuthError } from './oauth-error';
import { PROBLEMS, ProblemError } from './problem-error';

describe('errors', () => {
  it('RFC 6749 §5.2 gives 401 to invalid_client and 400 to the rest', () => {
    expect(new OAuthError('invalid_client', 'No.').status).toBe(401);
    expect(new OAuthError('invalid_grant', 'No.').status).toBe(400);
    expect(new OAuthError('invalid_request', 'No.', { status: 415 }).status).toBe(415);
  });

  it('S-013 keeps detail and cause out of the body', () => {
    const error = new OAuthError('invalid_grant', 'The code is not valid.', {
      detail: 'row 7',
      cause: new Error('sql'),
    });
    expect(error.toBody()).toEqual({ error: 'invalid_grant', error_description: 'The code is not valid.' });
  });

  it('RFC 6750 §3 names the error and the scope, and nothing when there were no credentials', () => {
    expect(new BearerError(undefined, 'No token.').challenge('issuer')).toBe('Bearer realm="issuer"');
    const error = new BearerError('insufficient_scope', 'More is needed.', { scope: 'openid' });
    expect(error.status).toBe(403);
    expect(error.challenge('r')).toBe(
      'Bearer realm="r", error="insufficient_scope", error_description="More is needed.", scope="openid"',
    );
  });

  it('RFC 9449 §7.1, §7.2 offers DPoP beside a bearer challenge, and tells of DPoP in its own scheme', () => {
    const bare = new BearerError(undefined, 'No token.');
    expect(bare.challenge('r', ['ES256', 'PS256'])).toBe('Bearer realm="r", DPoP algs="ES256 PS256"');
    const error = new BearerError('use_dpop_nonce', 'A nonce.', { scheme: 'DPoP' });
    expect(error.status).toBe(401);
    expect(error.challenge('r', ['ES256'])).toBe(
      'DPoP realm="r", error="use_dpop_nonce", error_description="A nonce.", algs="ES256"',
    );
  });

  it('RFC 9457 §3.1 has type, title, status, detail, instance and the fields', () => {
    const body = new ProblemError('invalid-input', 'One field.', [{ pointer: '/name', detail: 'is empty' }]).toBody(
      'r1',
    );
    expect(body).toEqual({
      type: '/problems/invalid-input',
      title: 'The input is not valid',
      status: 400,
      detail: 'One field.',
      instance: 'urn:request:r1',
      errors: [{ pointer: '/name', detail: 'is empty' }],
    });
  });

  it.each(Object.entries(PROBLEMS))('RFC 9457 §4 documents the problem type %s', (slug, { title, status }) => {
    const page = readFileSync(join(__dirname, '../../../docs/problems', `${slug}.md`), 'utf8');
    expect(page).toContain(`# ${title}\n\n\`${status}\`, type \`/problems/${slug}\``);
  });
});
