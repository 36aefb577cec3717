import type { Clock, GuardedHttpClient } from '@tokenidp/kernel';
import { ClientLogos } from './client-logos';

const LOGO = 'https://app.test/logo.png';
const client = { tenantId: 't', logo_uri: LOGO };

function logos(answers: { status?: number; type?: string; fails?: boolean }[]) {
  let now = 0;
  const calls: unknown[] = [];
  const http = {
    fetch: async (url: string, options: unknown) => {
      calls.push([url, options]);
      const { status = 200, type = 'image/png', fails = false } = answers.shift() ?? {};
      await Promise.resolve();
      if (fails) throw new Error('unreachable');
      return { status, headers: { 'content-type': type }, body: Buffer.from('picture') };
    },
  } as unknown as GuardedHttpClient;
  const service = new ClientLogos(http, { now: () => new Date(now) } as Clock);
  jest.spyOn(service['logger'], 'warn').mockImplementation();
  return { service, calls, forward: (seconds: number) => (now += seconds * 1000) };
}

describe('ClientLogos', () => {
  it('draft-ietf-oauth-client-id-metadata-document §8.8 S-009 fetches a picture once, and keeps it for an hour', async () => {
    const { service, calls, forward } = logos([]);
    const both = await Promise.all([service.find(client), service.find(client)]);
    forward(3_599);
    expect([...both, await service.find(client)]).toEqual(
      Array(3).fill({ type: 'image/png', body: Buffer.from('picture') }),
    );
    expect(calls).toEqual([[LOGO, { accept: 'image/*', maxBytes: 131_072 }]]);
    forward(1);
    await service.find(client);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['is a page', { type: 'text/html' }],
    ['is not there', { status: 404 }],
    ['is elsewhere', { status: 302 }],
    ['cannot be reached', { fails: true }],
  ])('S-170 a logo that %s is none, and is asked for again a minute later', async (_title, answer) => {
    const { service, calls, forward } = logos([answer]);
    expect([await service.find(client), await service.find(client)]).toEqual([null, null]);
    expect(calls).toHaveLength(1);
    forward(60);
    expect(await service.find(client)).not.toBeNull();
  });

  it('nobody is asked for a client without one', async () => {
    const { service, calls } = logos([]);
    expect(await service.find({ tenantId: 't' })).toBeNull();
    expect(calls).toEqual([]);
  });
});
