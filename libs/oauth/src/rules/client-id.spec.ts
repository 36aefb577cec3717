import { clientLike, contextLike, refusalOf, requestLike, tenant } from '../../test/samples';
import { clientId } from './client-id';

const strict = { ...tenant, settings: { ...tenant.settings, securityProfileFloor: 'oauth21' as const } };
const disabled = contextLike({ clients: { find: async () => clientLike({ status: 'disabled' }) } });

describe('client_id', () => {
  it('OAuth 2.1 §4.1.1 finds the client of the tenant', async () => {
    const asked: string[] = [];
    const request = requestLike('client_id=app', { client: undefined });
    await clientId(
      request,
      contextLike({
        clients: {
          find: async (tenantId, id) => {
            asked.push(tenantId, id);
            return clientLike();
          },
        },
      }),
    );
    expect(request.client.client_id).toBe('app');
    expect(asked).toEqual([contextLike().tenant.id, 'app']);
  });

  it.each([
    ['is missing', '', contextLike(), 'invalid_request'],
    ['is empty', 'client_id=', contextLike(), 'invalid_request'],
    ['is sent twice', 'client_id=app&client_id=app', contextLike(), 'invalid_request'],
    ['is unknown', 'client_id=other', contextLike(), 'invalid_client'],
    ['names a disabled client', 'client_id=app', disabled, 'invalid_client'],
    ['names a client below the floor', 'client_id=app', contextLike({ tenant: strict }), 'unauthorized_client'],
  ])('RFC 6749 §4.1.2.1 refuses a request whose client_id %s', async (_, query, context, error) => {
    expect(await refusalOf(() => clientId(requestLike(query), context))).toBe(error);
  });

  it('RFC 6749 §4.1.2.1 answers an unknown client with 400, as nobody authenticates here', async () => {
    await expect(clientId(requestLike('client_id=other'), contextLike())).rejects.toMatchObject({ status: 400 });
  });
});
