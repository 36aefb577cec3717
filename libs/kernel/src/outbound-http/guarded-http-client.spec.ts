import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GuardedHttpClient } from './guarded-http-client';
import { guardedLookup, HostResolver } from './guarded-lookup';
import { OutboundError } from './outbound-error';
import { OutboundOptions } from './outbound-options';
import { isPublicAddress } from './public-address';

class FixedOptions extends OutboundOptions {
  constructor(readonly allowedHosts: readonly string[] = []) {
    super();
  }
}

/** Answers each name from a table, one list of addresses a question. */
class TableResolver extends HostResolver {
  readonly questions: string[] = [];

  constructor(private readonly answers: Record<string, string[][]>) {
    super();
  }

  override async resolve(hostname: string) {
    this.questions.push(hostname);
    const rounds = this.answers[hostname] ?? [];
    const addresses = (rounds.length > 1 ? rounds.shift() : rounds[0]) ?? [];
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  }
}

const NAMES = {
  localhost: [['127.0.0.1']],
  'internal.example': [['10.1.2.3']],
  'six.example': [['fd12:3456:789a::1']],
  'mixed.example': [['93.184.216.34', '192.168.0.1']],
  'mapped.example': [['::ffff:10.0.0.1']],
  'metadata.google.internal': [['169.254.169.254']],
  'nowhere.example': [[]],
};

const REFUSED = [
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'data:application/json,{}',
  'https://user:secret@example.com/',
  'not a url',
  `https://example.com/${'a'.repeat(2_048)}`,
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://017700000001/',
  'https://0x7f000001/',
  'https://0x7f.0.0.0x1/',
  'https://127.0.0.1./',
  'https://①②⑦.⓪.⓪.①/',
  'https://0.0.0.0/',
  'https://10.0.0.1/',
  'https://172.16.0.1:8443/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://168.63.129.16/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:0:127.0.0.1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/',
  'https://[ff02::1]/',
  'https://localhost/',
  'https://LOCALHOST/',
  'https://internal.example/',
  'https://six.example/',
  'https://mixed.example/',
  'https://mapped.example/',
  'https://metadata.google.internal/',
  'https://nowhere.example/',
];

describe('GuardedHttpClient', () => {
  let server: Server;
  let answer: (response: ServerResponse) => void;
  let host: string;
  let requests: number;
  const clients: GuardedHttpClient[] = [];

  function client(allowedHosts: string[] = [host], resolver: HostResolver = new TableResolver(NAMES)) {
    const made = new GuardedHttpClient(new FixedOptions(allowedHosts), resolver);
    clients.push(made);
    return made;
  }

  beforeAll(async () => {
    server = createServer((_request, response) => {
      requests += 1;
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    requests = 0;
    answer = (response) => response.end('{"keys":[]}');
  });

  afterAll(async () => {
    await Promise.all(clients.map((made) => made.onApplicationShutdown()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(REFUSED.map((url) => [url.slice(0, 60), url]))('S-185 RFC 8725 §3.10 refuses %s', async (_title, url) => {
    const failure = await client([])
      .fetch(url)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutboundError);
    expect(failure).toMatchObject({ reason: 'refused', message: 'The URL may not be fetched from here.' });
  });

  it('S-185 OIDC Core §16 fetches from a host that the deployment allows', async () => {
    const response = await client().fetch(`http://${host}/jwks`, { accept: 'application/json' });
    expect(response.status).toBe(200);
    expect(response.json()).toEqual({ keys: [] });
  });

  it('S-185 keeps to the port of an allowed host', async () => {
    const port = Number(host.split(':')[1]);
    const other = `127.0.0.1:${port === 65_535 ? 1_024 : port + 1}`;
    await expect(client([other]).fetch(`http://${host}/`)).rejects.toMatchObject({ reason: 'refused' });
    expect(requests).toBe(0);
  });

  it('S-185 does not follow a redirect', async () => {
    answer = (response) => response.writeHead(302, { location: `http://${host}/elsewhere` }).end();
    const response = await client().fetch(`http://${host}/`);
    expect(response.status).toBe(302);
    expect(requests).toBe(1);
  });

  it('S-185 stops an answer that is larger than the cap while it is coming in', async () => {
    const isCut = new Promise((resolve) => {
      answer = (response) => {
        response.on('close', () => resolve(!response.writableFinished));
        response.write('x'.repeat(300 * 1024));
      };
    });
    await expect(client().fetch(`http://${host}/`)).rejects.toMatchObject({ reason: 'too-large' });
    expect(await isCut).toBe(true);
  });

  it('S-185 takes an answer of exactly the cap', async () => {
    answer = (response) => response.end('x'.repeat(1_000));
    expect((await client().fetch(`http://${host}/`, { maxBytes: 1_000 })).body).toHaveLength(1_000);
    await expect(client().fetch(`http://${host}/`, { maxBytes: 999 })).rejects.toMatchObject({ reason: 'too-large' });
  });

  it('S-185 gives up on a host that does not answer, or not to the end', async () => {
    answer = () => undefined;
    await expect(client().fetch(`http://${host}/`, { timeoutMs: 60 })).rejects.toMatchObject({ reason: 'timeout' });
    answer = (response) => response.write('half');
    await expect(client().fetch(`http://${host}/`, { timeoutMs: 60 })).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('S-185 tells nothing of the address in its message', async () => {
    answer = (response) => response.destroy();
    const failure = await client()
      .fetch(`http://${host}/`)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'unreachable', message: 'The host could not be reached.' });
  });
});

describe('guardedLookup', () => {
  const ask = (resolver: HostResolver, hostname: string, all: boolean) =>
    new Promise<unknown>((resolve, reject) =>
      guardedLookup(resolver)(hostname, { all }, (error, address, family) =>
        error ? reject(error) : resolve(all ? address : { address, family }),
      ),
    );

  it('S-185 pins the address it has checked and refuses the name once it is rebound', async () => {
    const resolver = new TableResolver({ 'rebind.example': [['93.184.216.34'], ['127.0.0.1']] });
    expect(await ask(resolver, 'rebind.example', false)).toEqual({ address: '93.184.216.34', family: 4 });
    expect(resolver.questions).toEqual(['rebind.example']);
    await expect(ask(resolver, 'rebind.example', false)).rejects.toMatchObject({ reason: 'refused' });
  });

  it('S-185 hands over all addresses when all are public', async () => {
    const resolver = new TableResolver({ 'two.example': [['93.184.216.34', '2606:4700::1111']] });
    expect(await ask(resolver, 'two.example', true)).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
  });
});

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001:81b::200e'])(
    'S-185 RFC 6890 §2.2 allows %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each(['', 'localhost', '192.0.0.192', '203.0.113.1', '2001:db8::1', 'fec0::1', '3fff::1', '::8.8.8.8'])(
    'S-185 RFC 6890 §2.2, RFC 4291 §2.4 refuses "%s"',
    (address) => expect(isPublicAddress(address)).toBe(false),
  );
});
