import { refusalOf, requestLike } from '../../test/samples';
import { registration } from './registration';

describe('registration', () => {
  it.each([
    ['registration=%7B%7D', 'registration_not_supported'],
    ['registration=', undefined],
    ['', undefined],
  ])('OIDC Core §7.2.1 answers %j with %s', async (query, error) => {
    expect(await refusalOf(() => registration(requestLike(query)))).toBe(error);
  });
});
