import { requestLike } from '../../test/samples';
import { loginHint } from './login-hint';

describe('login_hint', () => {
  it.each([
    ['', undefined],
    ['buffy@sunnydale.example', 'buffy@sunnydale.example'],
    ['<b>x</b>', '<b>x</b>'],
    ['x'.repeat(321), undefined],
  ])('OIDC Core §3.1.2.1 takes %.30j as a wish', (value, expected) => {
    const request = requestLike({ login_hint: value });
    loginHint(request);
    expect(request.loginHint).toBe(expected);
  });
});
