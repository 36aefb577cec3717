import { requestLike } from '../../test/samples';
import { display } from './display';

describe('display', () => {
  it.each([
    ['', undefined],
    ['page', 'page'],
    ['popup', 'popup'],
    ['touch', 'touch'],
    ['wap', 'wap'],
    ['hologram', undefined],
  ])('OIDC Core §3.1.2.1 takes %j without an error', (value, expected) => {
    const request = requestLike({ display: value });
    display(request);
    expect(request.display).toBe(expected);
  });
});
