import type { FastifyReply } from 'fastify';
import { httpRequestLike } from '../../test/samples';
import { sendCacheable } from './cacheable-reply';

const document = { body: '{"keys":[]}', etag: '"abc"' };

function answerTo(ifNoneMatch?: string) {
  const answer: { status: number; headers: Record<string, string>; body?: string } = { status: 200, headers: {} };
  const reply = {
    headers: (headers: Record<string, string>) => (Object.assign(answer.headers, headers), reply),
    header: (name: string, value: string) => ((answer.headers[name] = value), reply),
    removeHeader: (name: string) => (delete answer.headers[name], reply),
    code: (status: number) => ((answer.status = status), reply),
    send: (body?: string) => ((answer.body = body), reply),
  };
  const request = httpRequestLike(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch });
  sendCacheable(request, reply as unknown as FastifyReply, document);
  return answer;
}

describe('RFC 9110 §13.1.2 a document that is kept', () => {
  it('is sent with its tag to whoever has none', () => {
    expect(answerTo()).toMatchObject({
      status: 200,
      body: document.body,
      headers: { etag: '"abc"', 'cache-control': 'public, max-age=300' },
    });
  });

  it.each(['"abc"', 'W/"abc"', '"x", "abc"', '*'])('is not sent again to whoever has %s', (tag) => {
    const { status, body, headers } = answerTo(tag);
    expect({ status, body }).toEqual({ status: 304, body: undefined });
    expect(headers).toMatchObject({ etag: '"abc"' });
    expect(headers).not.toHaveProperty('content-type');
  });

  it.each(['"other"', 'abc', 'W/"other"'])('is sent to whoever has %s', (tag) => {
    expect(answerTo(tag).status).toBe(200);
  });
});
