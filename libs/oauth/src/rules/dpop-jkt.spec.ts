import { refusalOf, requestLike } from '../../test/samples';
import { formLike } from '../../test/token-samples';
import { checkDpopJkt, dpopJkt, pinDpopJkt } from './dpop-jkt';

const JKT = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I';
const OTHER = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';

describe('RFC 9449 §10 dpop_jkt', () => {
  it.each([
    ['', undefined],
    ['dpop_jkt=', undefined],
    [`dpop_jkt=${JKT}`, JKT],
  ])('of "%s" is kept for the code', (query, expected) => {
    const request = requestLike(query);
    dpopJkt(request);
    expect(request.dpopJkt).toBe(expected);
  });

  it.each([JKT.slice(1), `${JKT}A`, `${JKT}=`, JKT.replace('-', '+')])('%s is no thumbprint', async (sent) => {
    expect(await refusalOf(() => dpopJkt(requestLike({ dpop_jkt: sent })))).toBe('invalid_request');
  });

  it.each([
    ['nothing, with nothing', undefined, null, undefined],
    ['nothing, with a proof', { jkt: JKT }, null, undefined],
    ['a key, with a proof of it', { jkt: JKT }, JKT, undefined],
    ['a key, with a proof of another', { jkt: OTHER }, JKT, 'invalid_grant'],
    ['a key, without a proof', undefined, JKT, 'invalid_grant'],
    ['a key, with a certificate', { 'x5t#S256': JKT }, JKT, 'invalid_grant'],
  ])('S-041 redeems a code bound to %s', async (_name, proven, pinned, expected) => {
    expect(await refusalOf(() => checkDpopJkt(proven, pinned))).toBe(expected);
  });
});

describe('RFC 9449 §10.1 a pushed request', () => {
  const pinned = (form: string, jkt?: string) => pinDpopJkt(formLike(form), jkt === undefined ? undefined : { jkt });

  it.each([
    ['without a proof', 'a=b', undefined, undefined],
    ['without a proof, with dpop_jkt', `dpop_jkt=${JKT}`, undefined, JKT],
    ['with a proof', 'a=b', JKT, JKT],
    ['with a proof and dpop_jkt', `dpop_jkt=${JKT}`, JKT, JKT],
  ])('%s', (_name, form, jkt, expected) => expect(pinned(form, jkt).get('dpop_jkt')).toBe(expected));

  it('is refused when its proof is of another key than dpop_jkt', async () => {
    expect(await refusalOf(() => pinned(`dpop_jkt=${OTHER}`, JKT))).toBe('invalid_request');
  });
});
