import type { Client, ClientsService } from '@tokenidp/clients';
import { clientLike, refusalOf, tenant } from '../../test/samples';
import { formLike } from '../../test/token-samples';
import { ClientSecretBasic } from './client-secret-basic';

const method = new ClientSecretBasic({
  verifySecret: (_client: Client, secret: string) => secret === 'right',
} as unknown as ClientsService);
const read = (authorization: string | undefined) => method.read({ tenant, authorization, parameters: formLike('') });
const basic = (pair: string | Buffer) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('OAuth 2.1 §2.4.1, RFC 7617 §2 client_secret_basic', () => {
  it('is not used without an Authorization header', () => {
    expect(read(undefined)).toBeNull();
  });

  it.each([
    ['plain parts', basic('app:right'), 'app', 'right'],
    ['a scheme in another case', basic('app:right').replace('Basic', 'bAsIc'), 'app', 'right'],
    ['form-urlencoded parts', basic('my%3Aapp:a%2Bb+c%25'), 'my:app', 'a+b c%'],
    ['UTF-8', basic('%C3%A4pp:p%C3%A4ss'), 'äpp', 'päss'],
    ['a colon in the secret', basic('app:a:b'), 'app', 'a:b'],
  ])('reads %s', (_name, header, clientId, secret) => {
    expect(read(header)).toEqual({ clientId, secret });
  });

  it.each([
    ['no credentials', 'Basic'],
    ['empty credentials', 'Basic '],
    ['another scheme', 'Bearer YXBwOnJpZ2h0'],
    ['base64url', `Basic ${Buffer.from('a??>:b').toString('base64url')}`],
    ['no padding', 'Basic YXBwOnJpZ2h0cw'],
    ['bytes after the padding', 'Basic YXBwOg==YXBw'],
    ['a space inside', 'Basic YXBw OnI='],
    ['no colon', basic('app')],
    ['no client_id', basic(':right')],
    ['no secret', basic('app:')],
    ['a stray percent sign', basic('app:100%')],
    ['bytes that are not UTF-8', basic(Buffer.from([0x61, 0x3a, 0xff, 0xfe]))],
    ['an encoding that is not UTF-8', basic('app:%FF')],
    ['a NUL', basic('app:a\0b')],
    ['an encoded line break', basic('app:a%0Ab')],
    ['too much', basic(`app:${'a'.repeat(5000)}`)],
  ])('S-062 refuses %s', async (_name, header) => {
    await expect(refusalOf(() => read(header))).resolves.toBe('invalid_client');
  });

  it.each([
    ['right', true],
    ['wrong', false],
  ])('with the %s secret proves: %s', (secret, proven) => {
    expect(method.verify({ clientId: 'app', secret }, clientLike())).toBe(proven);
  });
});
