import { bankOf, payment } from '../../test/detail-samples';
import { detailHash, detailViews } from './detail-view';

describe('RFC 9396 §5 what is shown of details', () => {
  it('S-118 is every value, in the words of the type', () => {
    expect(detailViews([payment], bankOf().resource, [])).toEqual([
      {
        ...{ name: 'payment_initiation', displayName: 'Pay once', sensitive: false, isNew: true },
        description: 'Sends money from your account.',
        facts: [
          { name: 'actions', value: 'initiate, status' },
          { name: 'Amount', value: 'currency: EUR, amount: 123.50' },
          { name: 'To', value: 'Merchant A' },
        ],
      },
    ]);
  });

  it('is not new when exactly that was agreed to', () => {
    const isNew = (detail: typeof payment) => detailViews([detail], bankOf().resource, [detailHash(payment)])[0]!.isNew;
    expect(isNew({ ...payment })).toBe(false);
    expect(isNew({ ...payment, creditorName: 'Merchant B' })).toBe(true);
  });

  it('is nothing at a resource that they are not about', () => {
    expect(detailViews([payment], bankOf('https://other.example', []).resource, [])).toEqual([]);
  });
});
