import { BANK, bankOf, PAYMENT, payer, payment } from '../../test/detail-samples';
import { refusalOf } from '../../test/samples';
import { detailsAt, knownTypeOf } from './detail-types';

const OTHER = 'https://other.example';
const known = (changes: object, client = payer()) =>
  knownTypeOf({ ...payment, ...changes }, client, client.assignments);
const without = (name: string) => Object.fromEntries(Object.entries(payment).filter(([member]) => member !== name));

describe('RFC 9396 §5 details of a type', () => {
  it.each([{}, { urgent: true, days: 3 }, { actions: [] }, { locations: [BANK] }])('are right: %j', (changes) => {
    expect(known(changes)).toMatchObject({ type: PAYMENT, resource: { identifier: BANK } });
  });

  it.each<object>([
    { type: 'unknown' },
    { type: '__proto__' },
    { actions: ['destroy'] },
    { actions: 'initiate' },
    { creditorName: 1 },
    { urgent: 'yes' },
    { days: '3' },
    { instructedAmount: 'all' },
    { instructedAmount: null },
    { locations: [OTHER] },
    { extra: 1 },
    { constructor: 'x' },
  ])('S-118 are refused: %j', async (changes) => {
    await expect(refusalOf(() => known(changes))).resolves.toBe('invalid_authorization_details');
  });

  it('are refused without what their type needs', async () => {
    const { assignments } = payer();
    const detail = { type: payment.type, ...without('creditorName') };
    await expect(refusalOf(() => knownTypeOf(detail, payer(), assignments))).resolves.toBe(
      'invalid_authorization_details',
    );
  });

  it.each([undefined, [], ['another']])('§10 are for clients that registered the type: %j', async (registered) => {
    const client = payer({ authorization_details_types: registered });
    await expect(refusalOf(() => known({}, client))).resolves.toBe('invalid_authorization_details');
  });

  it('§2.2 are of one resource: locations say which, where several know the type', async () => {
    const client = payer({ assignments: [bankOf(), bankOf(OTHER)] });
    await expect(refusalOf(() => known({}, client))).resolves.toBe('invalid_authorization_details');
    expect(known({ locations: [OTHER] }, client).resource.identifier).toBe(OTHER);
  });

  it('§9.1 go to the resources that they are about', () => {
    const resources = [bankOf().resource, bankOf(OTHER, []).resource];
    expect(detailsAt([payment], resources)).toEqual([payment]);
    expect(detailsAt([payment], [resources[1]!])).toEqual([]);
    expect(detailsAt([{ ...payment, locations: [OTHER] }], resources)).toEqual([]);
  });
});
