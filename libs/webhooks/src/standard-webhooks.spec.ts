import { createHmac } from 'node:crypto';
import { newWebhookSecret, webhookHeaders } from './standard-webhooks';

// The vector that the reference libraries of Standard Webhooks are tested with.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' };

describe('webhookHeaders', () => {
  it('Standard Webhooks 1.0, RFC 2104 signs id, timestamp and content as its reference libraries do', () => {
    expect(webhookHeaders(MESSAGE, [SECRET])).toEqual({
      'webhook-id': MESSAGE.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('Standard Webhooks 1.0 signs with both secrets while one takes the place of the other', () => {
    const secret = newWebhookSecret();
    const [newer, older] = webhookHeaders(MESSAGE, [secret, SECRET])['webhook-signature']!.split(' ');
    const key = Buffer.from(secret.slice(6), 'base64');
    const mac = createHmac('sha256', key).update(`${MESSAGE.id}.1614265330.${MESSAGE.body}`).digest('base64');
    expect([key.length, newer]).toEqual([32, `v1,${mac}`]);
    expect(older).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
