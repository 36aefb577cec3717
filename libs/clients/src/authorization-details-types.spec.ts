import { assertAuthorizationDetailsTypes } from './authorization-details-types';
import type { AuthorizationDetailsType } from './resource';

const type: AuthorizationDetailsType = {
  type: 'payment',
  displayName: 'Pay',
  description: '',
  members: { amount: { kind: 'text', required: true }, actions: { kind: 'texts', values: ['a', 'b'] } },
};
const assert = (...types: object[]) =>
  assertAuthorizationDetailsTypes(types.map((each) => ({ ...type, ...each })) as AuthorizationDetailsType[]);

describe('RFC 9396 §2.1 the types of a resource', () => {
  it('are taken', () => {
    expect(() => assert({}, { type: 'https://bank.example/account' })).not.toThrow();
    expect(() => assertAuthorizationDetailsTypes([])).not.toThrow();
  });

  it.each([
    [[{}, {}]],
    [[{ type: '' }]],
    [[{ type: 'a b' }]],
    [[{ displayName: '' }]],
    [[{ description: undefined }]],
    [[{ members: { type: { kind: 'text' } } }]],
    [[{ members: { x: { kind: 'any' } } }]],
    [[{ members: { x: { kind: 'number', values: ['1'] } } }]],
    [[{ members: { x: { kind: 'text', values: [1] } } }]],
  ])('are refused: %j', (types) => {
    expect(() => assert(...types)).toThrow(expect.objectContaining({ code: 'invalid-resource' }));
  });
});
