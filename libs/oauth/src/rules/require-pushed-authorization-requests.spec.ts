import { clientLike, contextLike, refusalOf, requestLike, tenant } from '../../test/samples';
import { requirePushedAuthorizationRequests } from './require-pushed-authorization-requests';

const settings = {
  ...tenant.settings,
  authorizationRequests: { ...tenant.settings.authorizationRequests, requirePushed: true },
};
const wanting = { tenant: { ...tenant, settings } };
const client = clientLike({ require_pushed_authorization_requests: true });

describe('require_pushed_authorization_requests', () => {
  it.each([
    ['of the client', { client }, {}],
    ['of the tenant', {}, wanting],
    [
      'of the tenant, whatever the client says',
      { client: clientLike({ require_pushed_authorization_requests: false }) },
      wanting,
    ],
    ['even for a signed request', { client, isSigned: true }, {}],
  ])('RFC 9126 §5, §6 S-110 %s refuses what a browser brings', async (_, narrowed, context) => {
    const call = () => requirePushedAuthorizationRequests(requestLike('', narrowed), contextLike(context));
    expect(await refusalOf(call)).toBe('invalid_request');
  });

  it.each([
    ['what was pushed', { client, pushedRequestId: 'p1' }],
    ['what is being pushed', { client, arrival: 'push' as const }],
    ['what goes on', { client, arrival: 'interaction' as const }],
  ])('RFC 9126 §5, §6 accepts %s', async (_, narrowed) => {
    const call = () => requirePushedAuthorizationRequests(requestLike('', narrowed), contextLike(wanting));
    expect(await refusalOf(call)).toBeUndefined();
  });

  it('RFC 9126 §5 accepts what a browser brings where nobody minds', async () => {
    const call = () => requirePushedAuthorizationRequests(requestLike(), contextLike());
    expect(await refusalOf(call)).toBeUndefined();
  });
});
