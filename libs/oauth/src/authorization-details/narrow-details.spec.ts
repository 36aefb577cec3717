import { bankOf, payment } from '../../test/detail-samples';
import { refusalOf } from '../../test/samples';
import { narrowDetails } from './narrow-details';

const bank = [bankOf().resource];
const other = { ...payment, creditorName: 'Merchant B' };
const narrow = (asked?: unknown, resources = bank) =>
  narrowDetails([payment, other], asked === undefined ? undefined : JSON.stringify(asked), resources);

describe('RFC 9396 §6 what a token request asks for', () => {
  it('is all that was granted for the resource, when it names nothing', () => {
    expect(narrow()).toEqual([payment, other]);
    expect(narrow(undefined, [])).toEqual([]);
  });

  it.each([[[other]], [[{ ...payment, actions: ['status'] }]], [[payment, other]]])(
    'is the same or less: %j',
    (asked) => {
      expect(narrow(asked)).toEqual(asked);
    },
  );

  it.each([
    [[{ ...payment, actions: ['initiate', 'cancel'] }]],
    [[{ ...payment, actions: [] }]],
    [[{ ...payment, creditorName: 'Merchant C' }]],
    [[{ ...payment, instructedAmount: { currency: 'EUR', amount: '1000' } }]],
    [[{ ...payment, urgent: true }]],
    [[{ type: payment.type }]],
    [[payment, { ...payment, creditorName: 'Merchant C' }]],
    [[]],
  ])('§6.1 is refused when it is more, or something else: %j', async (asked) => {
    await expect(refusalOf(() => narrow(asked))).resolves.toBe('invalid_authorization_details');
  });

  it('is refused when it is about another resource', async () => {
    await expect(refusalOf(() => narrow([payment], []))).resolves.toBe('invalid_authorization_details');
  });
});
