import { FACTORS } from '../factors';
import { ACR_SINGLE_FACTOR, ACR_VALUES, acrOf } from './acr';

describe('authentication context classes', () => {
  it('S-148 one factor is a single factor, and no method is no sign-in', () => {
    expect(acrOf(['pwd'])).toBe(ACR_SINGLE_FACTOR);
    expect(() => acrOf([])).toThrow('is none');
  });

  it('RFC 9470 §4 whatever is announced can be reached with the factors there are', () => {
    const methods = FACTORS.flatMap((Factor) => new Factor({} as never).amr);
    const reached = [...methods.map((method) => acrOf([method])), acrOf(methods)];
    expect(ACR_VALUES.filter((acr) => !reached.includes(acr))).toEqual([]);
  });
});
