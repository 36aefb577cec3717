import { BANK, bankOf, payer, payment } from '../../test/detail-samples';
import { assignmentOf, contextLike, refusalOf, requestLike, tenant } from '../../test/samples';
import { authorizationDetails } from './authorization-details';

const sent = (details: unknown, more = {}) => ({ authorization_details: JSON.stringify(details), ...more });
function narrowed(form: Record<string, string>, resources: string[] = [], client = payer()) {
  const request = requestLike(form, { client, resources });
  authorizationDetails(request, contextLike());
  return request;
}

describe('RFC 9396 §3 authorization_details', () => {
  it('leaves a request without it as it is', () => {
    expect(narrowed({})).toMatchObject({ authorizationDetails: [], resources: [] });
  });

  it.each([
    [{ scope: 'openid' }, [BANK, tenant.issuer]],
    [{}, [BANK, tenant.issuer]],
    [{ scope: 'bank.read' }, [BANK]],
  ])('§3.2 names its resource by itself: %j', (more, resources) => {
    expect(narrowed(sent([payment], more))).toMatchObject({ authorizationDetails: [payment], resources });
  });

  it('RFC 8707 §2 leaves the resources that were named', () => {
    expect(narrowed(sent([payment]), [BANK]).resources).toEqual([BANK]);
  });

  it.each([
    ['no JSON', { authorization_details: 'x' }, []],
    ['an unknown type', sent([{ ...payment, type: 'x' }]), []],
    ['one of them unknown', sent([payment, { type: 'x' }]), []],
    ['of another resource than was named', sent([payment]), ['https://api.example']],
  ])('S-118 §5 is refused: %s', async (_name, form, resources) => {
    const client = payer({ assignments: [bankOf(), assignmentOf('https://api.example', ['api.read'])] });
    await expect(refusalOf(() => narrowed(form, resources, client))).resolves.toBe('invalid_authorization_details');
  });

  it('is refused at a resource that the client has nothing of for users', async () => {
    const client = payer({ assignments: [{ ...bankOf(), userScopes: [] }] });
    await expect(refusalOf(() => narrowed(sent([payment]), [], client))).resolves.toBe('invalid_authorization_details');
  });
});
