import { clientLike, contextLike, refusalOf, requestLike, tenant } from '../../test/samples';
import { requireSignedRequestObject } from './require-signed-request-object';

const settings = {
  ...tenant.settings,
  authorizationRequests: { ...tenant.settings.authorizationRequests, requireSigned: true },
};
const wanting = { tenant: { ...tenant, settings } };
const client = clientLike({ require_signed_request_object: true });

describe('require_signed_request_object', () => {
  it.each([
    ['of the client', { client }, {}],
    ['of the client, of what is pushed', { client, arrival: 'push' as const }, {}],
    ['of the tenant', {}, wanting],
    [
      'of the tenant, whatever the client says',
      { client: clientLike({ require_signed_request_object: false }) },
      wanting,
    ],
  ])('RFC 9101 §10.5, FAPI 2.0 MS §5.3.1 S-113 %s refuses plain parameters', async (_, narrowed, context) => {
    const call = () => requireSignedRequestObject(requestLike('', narrowed), contextLike(context));
    expect(await refusalOf(call)).toBe('invalid_request');
  });

  it.each([
    ['a request object', { client, isSigned: true }],
    ['what was looked at when it was pushed', { client, pushedRequestId: 'p1' }],
    ['what goes on', { client, arrival: 'interaction' as const }],
  ])('RFC 9101 §10.5 accepts %s', async (_, narrowed) => {
    const call = () => requireSignedRequestObject(requestLike('', narrowed), contextLike(wanting));
    expect(await refusalOf(call)).toBeUndefined();
  });

  it('RFC 9101 §10.5 accepts plain parameters where nobody minds', async () => {
    const call = () => requireSignedRequestObject(requestLike(), contextLike());
    expect(await refusalOf(call)).toBeUndefined();
  });
});
