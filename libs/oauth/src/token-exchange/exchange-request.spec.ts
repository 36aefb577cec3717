import { TOKEN_TYPES } from '@tokenidp/kernel';
import { refusalOf } from '../../test/samples';
import { formLike } from '../../test/token-samples';
import { exchangeRequest } from './exchange-request';

const { accessToken, idToken, jwt } = TOKEN_TYPES;
const subject = { subject_token: 's', subject_token_type: accessToken };

describe('RFC 8693 §2.1 a token exchange request', () => {
  it.each([
    [subject, { subject: { token: 's', type: accessToken }, requestedType: accessToken }],
    [
      { ...subject, requested_token_type: jwt, actor_token: 'a', actor_token_type: idToken },
      { subject: { token: 's', type: accessToken }, actor: { token: 'a', type: idToken }, requestedType: jwt },
    ],
  ])('is read: %j', (form, expected) => {
    expect(exchangeRequest(formLike(form))).toEqual(expected);
  });

  it.each([
    {},
    { subject_token: 's' },
    { subject_token_type: accessToken },
    { ...subject, subject_token_type: jwt },
    { ...subject, subject_token_type: 'access_token' },
    { ...subject, subject_token_type: '__proto__' },
    { ...subject, actor_token: 'a' },
    { ...subject, actor_token_type: accessToken },
    { ...subject, actor_token: 'a', actor_token_type: 'x' },
    { ...subject, requested_token_type: idToken },
    { ...subject, requested_token_type: 'x' },
  ])('§2.2.2 is refused with invalid_request: %j', async (form) => {
    await expect(refusalOf(() => exchangeRequest(formLike(form)))).resolves.toBe('invalid_request');
  });
});
