import { tenant } from '../../test/samples';
import { formLike } from '../../test/token-samples';
import { NoClientAuth } from './none';

const read = (form: string, authorization?: string) =>
  new NoClientAuth().read({ tenant, authorization, parameters: formLike(form) });

describe('OAuth 2.1 §3.2.1 a public client', () => {
  it('only says who it is', () => {
    expect(read('client_id=app')).toEqual({ clientId: 'app' });
    expect(new NoClientAuth().verify()).toBe(true);
  });

  it.each([
    ['no client_id', 'grant_type=x', undefined],
    ['a secret beside it', 'client_id=app&client_secret=s', undefined],
    ['an assertion beside it', 'client_id=app&client_assertion=a', undefined],
    ['the type of an assertion beside it', 'client_id=app&client_assertion_type=a', undefined],
    ['an Authorization header beside it', 'client_id=app', 'Basic YTpi'],
  ])('is not what sends %s', (_name, form, authorization) => {
    expect(read(form, authorization)).toBeNull();
  });
});
