import { clientLike, contextLike, DOUBLE, refusalOf, requestLike, SINGLE } from '../../test/samples';
import { acrValues } from './acr-values';

const acr = (claim: object) => ({ claims: { id_token: { acr: claim } } });

describe('acr_values', () => {
  it.each([
    ['nothing', '', {}, [], false],
    ['the parameter, in order of preference', `acr_values=${DOUBLE} ${SINGLE}`, {}, [DOUBLE, SINGLE], false],
    ['values nobody can reach', 'acr_values=1 2', {}, ['1', '2'], false],
    ["the client's default", '', { client: clientLike({ default_acr_values: [SINGLE] }) }, [SINGLE], false],
    ['a voluntary claim', `acr_values=${SINGLE}`, acr({ value: DOUBLE }), [DOUBLE], false],
    ['an essential claim', '', acr({ essential: true, values: [DOUBLE, 'x'] }), [DOUBLE, 'x'], true],
    ['an essential claim of any value', '', acr({ essential: true }), [], false],
  ])('OIDC Core §5.5.1.1 narrows %s', (_, query, narrowed, ...[values, essential]) => {
    const request = requestLike(query, narrowed);
    acrValues(request, contextLike());
    expect(request).toMatchObject({ acrValues: values, acrEssential: essential });
  });

  it('OIDC Core §5.5.1.1 refuses an essential value that no sign-in can reach', async () => {
    const request = requestLike('', acr({ essential: true, value: 'urn:mace:gold' }));
    expect(await refusalOf(() => acrValues(request, contextLike()))).toBe('unmet_authentication_requirements');
  });
});
