import { BANK, bankOf, payer, payment } from '../../test/detail-samples';
import { refusalOf } from '../../test/samples';
import { tokenRequestLike } from '../../test/token-samples';
import { clientDetails } from './client-details';

const OTHER = 'https://other.example';
const own = (assignment: ReturnType<typeof bankOf>) => ({ ...assignment, userScopes: [], clientScopes: ['bank.read'] });
const client = payer({ assignments: [own(bankOf()), own(bankOf(OTHER, []))] });

const of = (form: Record<string, string>, by = client) => clientDetails(tokenRequestLike(form, { client: by }));
const sent = (...details: object[]) => ({ authorization_details: JSON.stringify(details) });

describe('RFC 9396 §6 what a client asks for itself', () => {
  it('names the resource that it is about', () => {
    expect(of(sent(payment))).toEqual({ authorizationDetails: [payment], named: [BANK] });
    expect(of({ ...sent(payment), resource: BANK })).toEqual({ authorizationDetails: [payment], named: [BANK] });
    expect(of({ resource: OTHER })).toEqual({ authorizationDetails: [], named: [OTHER] });
    expect(of({})).toEqual({ authorizationDetails: [], named: [] });
  });

  it.each([
    ['of a resource that does not know them', { ...sent(payment), resource: OTHER }, client],
    ['of an unknown type', sent({ type: 'unknown' }), client],
    ['that are unfit', sent({ ...payment, creditorName: 1 }), client],
    ['that are no list', { authorization_details: '{}' }, client],
    ['of an API that only users may use', sent(payment), payer()],
    ['of a type that is not registered', sent(payment), payer({ ...client, authorization_details_types: [] })],
  ])('S-118 refuses details %s', async (_what, form, by) => {
    expect(await refusalOf(() => of(form, by))).toBe('invalid_authorization_details');
  });
});
