import { assignmentOf, clientLike, contextLike, refusalOf, requestLike, tenant } from '../../test/samples';
import { resource } from './resource';

const client = clientLike({
  assignments: [
    assignmentOf('https://a.example', ['read']),
    assignmentOf('https://b.example', ['read']),
    { ...assignmentOf('https://m.example', []), clientScopes: ['run'] },
  ],
});

const run = (query: string) => {
  const request = requestLike(query, { client });
  resource(request, contextLike());
  return request.resources;
};

describe('resource', () => {
  it.each([
    ['', []],
    ['resource=https://a.example', ['https://a.example']],
    ['resource=https://b.example&resource=https://a.example', ['https://b.example', 'https://a.example']],
    ['resource=https://a.example&resource=https://a.example', ['https://a.example']],
    [`resource=${tenant.issuer}`, [tenant.issuer]],
  ])('RFC 8707 §2.1 takes %j as %j', (query, expected) => {
    expect(run(query)).toEqual(expected);
  });

  it.each([
    'https://c.example',
    'https://a.example/',
    'HTTPS://a.example',
    'https://a.example%23x',
    'a',
    'https://m.example',
    'https://other.example/t/acme',
  ])('RFC 8707 §2 refuses %s', async (identifier) => {
    expect(await refusalOf(() => run(`resource=https://a.example&resource=${identifier}`))).toBe('invalid_target');
  });
});
