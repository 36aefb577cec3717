import { requestLike } from '../../test/samples';
import { state } from './state';

describe('state', () => {
  it.each([['abc'], ['x'.repeat(4000)], ['<script>"\'&=+ %25'], ['äöü 日本'], ['{"a":1}']])(
    'S-043 RFC 6749 §4.1.2 keeps %.20j byte for byte',
    (value) => {
      const request = requestLike(`state=${encodeURIComponent(value)}`);
      state(request);
      expect(request.state).toBe(value);
    },
  );

  it('OAuth 2.1 §3.1 takes an empty state as none (S-014)', () => {
    const request = requestLike('state=');
    state(request);
    expect(request.state).toBeUndefined();
  });

  it.each(['%0A', '%0D%0ASet-Cookie:x', '%09'])('RFC 6749 Appendix A.5 does not give back a state with %s', (value) => {
    const request = requestLike(`state=a${value}`);
    state(request);
    expect(request.state).toBeUndefined();
  });
});
