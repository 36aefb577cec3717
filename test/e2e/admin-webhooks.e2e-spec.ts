import type { Tenant } from '@tokenidp/tenancy';
import { WEBHOOK_EVENTS, WebhookDeliveries } from '@tokenidp/webhooks';
import { type AdminApi, adminApi } from '../support/admin';
import { startIdp, type TestIdp } from '../support/idp';
import { isSignedWith, tellOfAll, WebhookReceiver } from '../support/webhook-receiver';

const DAY = 24 * 3600;

describe('the administration API: webhooks', () => {
  let receiver: WebhookReceiver;
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;
  let made = 0;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: receiver.host } });
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
  });

  beforeEach(() => Object.assign(receiver, { status: 200, answer: 'ok' }));

  afterAll(async () => {
    await idp?.close();
    await receiver?.close();
  });

  const input = (more: object = {}) => ({
    name: `Hook ${(made += 1)}`,
    url: receiver.url(`/hook-${made}`),
    events: ['resource.created'],
    ...more,
  });

  const createResource = () =>
    api.post('resources', { identifier: `https://api.example/${(made += 1)}`, name: 'An API' });

  const deliver = () => tellOfAll(idp);
  const received = (count: number) => receiver.next(count, deliver);

  it('creates, shows, changes and deletes; the secret is told once', async () => {
    const created = await api.post('webhooks', input());
    expect([created.status, created.body.status, created.body.secret]).toEqual([
      201,
      'active',
      expect.stringMatching(/^whsec_[\w+/]{43}=$/),
    ]);
    const path = `webhooks/${created.body.id}`;
    const shown = await api.get(path);
    const { secret: _secret, ...rest } = created.body;
    expect(shown.body).toEqual(rest);
    expect(JSON.stringify((await api.get('webhooks')).body)).not.toMatch(/secret"|whsec|sortValue/);
    const changed = await api.patch(path, { events: ['user.created', 'user.deleted'], status: 'disabled' });
    expect([changed.status, changed.body.events, changed.body.status]).toEqual([
      200,
      ['user.created', 'user.deleted'],
      'disabled',
    ]);
    expect((await api.patch(path, { name: 'x' }, {})).status).toBe(428);
    expect((await api.patch(path, { name: 'x' }, { 'if-match': shown.headers.get('etag')! })).status).toBe(412);
    expect((await api.get('webhooks?status=disabled&search=HOOK')).body.items).toHaveLength(1);
    const { body } = await api.get(`audit-events?targetId=${created.body.id}`);
    const detail = { before: { events: ['resource.created'], status: 'active' }, after: { status: 'disabled' } };
    expect(body.items[0]).toMatchObject({ event: 'webhook.changed', detail });
    expect(JSON.stringify(body)).not.toContain(created.body.secret.slice(6));
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
  });

  it('a create that is repeated under its key makes one, and gets the same secret', async () => {
    const key = { 'idempotency-key': 'hook' };
    const body = input({ status: 'disabled' });
    const [first, second] = await Promise.all([api.post('webhooks', body, key), api.post('webhooks', body, key)]);
    expect([first.status, second.body]).toEqual([201, first.body]);
    expect((await api.get(`webhooks?search=${body.name}`)).body.items).toHaveLength(1);
  });

  it.each([
    ['/url', { url: 'http://hooks.example/x' }],
    ['/url', { url: 'https://user:pass@hooks.example/' }],
    ['/url', { url: 'https://hooks.example/#x' }],
    ['/url', { url: 'ftp://hooks.example/' }],
    ['/url', { url: 'https://localhost/x' }],
    ['/url', { url: 'nothing' }],
    ['/events', { events: ['token.issued'] }],
    ['/events', { events: ['user.created', 'user.created'] }],
    ['/secret', { secret: 'whsec_mine' }],
    ['/name', { name: '' }],
  ])('refuses %s as in %j, and makes nothing', async (pointer, more) => {
    const answer = await api.post('webhooks', input(more));
    expect([answer.status, answer.body.errors[0].pointer.replace(/\/\d+$/, '')]).toEqual([400, pointer]);
    expect((await api.get('webhooks')).body.items).not.toContainEqual(expect.objectContaining(more));
  });

  it('Standard Webhooks tells of an event, signed, once for each that listens', async () => {
    const { body: webhook } = await api.post('webhooks', input());
    const { body: deaf } = await api.post('webhooks', input({ events: ['user.created'] }));
    const { body: resource } = await createResource();
    const [told, ...more] = await received(1);
    expect(more).toEqual([]);
    expect(told!.message).toMatchObject({
      type: 'resource.created',
      data: {
        tenantId: tenant.id,
        result: 'success',
        actor: { type: 'client' },
        target: { type: 'resource', id: resource.id },
      },
    });
    expect(told!.headers['content-type']).toBe('application/json');
    expect(Math.abs(Number(told!.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    expect([isSignedWith(webhook.secret, told!), isSignedWith(deaf.secret, told!)]).toEqual([true, false]);
    const { body } = await api.get(`webhooks/${webhook.id}/deliveries`);
    expect(body.items).toMatchObject([
      {
        event: 'resource.created',
        messageId: told!.headers['webhook-id'],
        attempt: 1,
        outcome: 'succeeded',
        statusCode: 200,
        answer: 'ok',
      },
    ]);
    expect((await api.get(`webhooks/${deaf.id}/deliveries`)).body.items).toEqual([]);
    for (const { id } of [webhook, deaf]) await api.delete(`webhooks/${id}`);
  });

  it('Standard Webhooks signs with both secrets until the overlap of a rotation ends', async () => {
    const { body: webhook } = await api.post('webhooks', input());
    const path = `webhooks/${webhook.id}`;
    const rotated = await api.post(`${path}/secret/rotate`, { overlapSeconds: 3600 });
    expect([rotated.status, rotated.body.secret === webhook.secret]).toEqual([201, false]);
    expect((await api.post(`${path}/test`, {})).body).toMatchObject({ outcome: 'succeeded', event: 'webhook.test' });
    const [during] = receiver.received.splice(0);
    expect([webhook.secret, rotated.body.secret].map((secret: string) => isSignedWith(secret, during!))).toEqual([
      true,
      true,
    ]);
    await api.post(`${path}/secret/rotate`, { overlapSeconds: 0 });
    await api.post(`${path}/test`, {});
    const [after] = receiver.received.splice(0);
    expect([webhook.secret, rotated.body.secret].map((secret: string) => isSignedWith(secret, after!))).toEqual([
      false,
      false,
    ]);
    await api.delete(path);
  });

  it('tries again with the same id, shows each attempt without secrets, and replays', async () => {
    const { body: webhook } = await api.post('webhooks', input());
    Object.assign(receiver, { status: 500, answer: `Bearer ${'s'.repeat(40)}${'x'.repeat(5000)}` });
    await createResource();
    const [first] = await received(1);
    const failing = (await api.get(`webhooks/${webhook.id}`)).body;
    expect([failing.failures, failing.failingSince]).toEqual([1, expect.any(String)]);
    receiver.status = 204;
    receiver.answer = '';
    idp.clock.forward(10);
    const [second] = await received(1);
    idp.clock.reset();
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    const { items } = (await api.get(`webhooks/${webhook.id}/deliveries?sort=createdAt`)).body;
    expect(items).toMatchObject([
      {
        attempt: 1,
        outcome: 'failed',
        statusCode: 500,
        answer: '[redacted]',
        error: 'The receiver answered with 500.',
      },
      { attempt: 2, outcome: 'succeeded', statusCode: 204, answer: null },
    ]);
    expect((await api.get(`webhooks/${webhook.id}`)).body).toMatchObject({ failures: 0, failingSince: null });
    const replayed = await api.post(`deliveries/${items[0].id}/replay`, {});
    expect([replayed.status, replayed.body.messageId]).toEqual([202, first!.headers['webhook-id']]);
    const [third] = await received(1);
    expect([third!.body, third!.headers['webhook-id']]).toEqual([first!.body, first!.headers['webhook-id']]);
    await api.delete(`webhooks/${webhook.id}`);
    expect((await api.post(`deliveries/${items[0].id}/replay`, {})).status).toBe(404);
  });

  it('is disabled after days of failure, which others hear of, and starts anew when enabled', async () => {
    const { body: webhook } = await api.post('webhooks', input());
    const { body: watcher } = await api.post('webhooks', input({ events: ['webhook.disabled'], status: 'disabled' }));
    const stale = `UPDATE "webhook" SET "failures" = 9, "failingSince" = now() - interval '6 days' WHERE "id" = $1`;
    await idp.database.dataSource.query(stale, [webhook.id]);
    await api.patch(`webhooks/${watcher.id}`, { status: 'active' });
    receiver.status = 503;
    await createResource();
    await received(1);
    const disabled = (await api.get(`webhooks/${webhook.id}`)).body;
    expect([disabled.status, disabled.disabledReason]).toEqual(['disabled', expect.stringContaining('five days')]);
    const alerts = async () => (await api.get('dashboard')).body.alerts;
    const words = /"Hook \d+" was disabled .*five days: The receiver answered with 503\. .*enable it again/;
    expect(await alerts()).toMatchObject([{ target: { id: webhook.id }, message: expect.stringMatching(words) }]);
    receiver.status = 200;
    const [heard] = await received(1);
    const data = { target: { id: webhook.id }, actor: { type: 'system' } };
    expect(heard!.message).toMatchObject({ type: 'webhook.disabled', data });
    await createResource();
    await deliver();
    expect(receiver.received).toEqual([]);
    const enabled = await api.patch(`webhooks/${webhook.id}`, { status: 'active' });
    expect(enabled.body).toMatchObject({ status: 'active', failures: 0, failingSince: null, disabledReason: null });
    expect(await alerts()).toEqual([]);
    receiver.status = 410;
    await createResource();
    await received(1);
    expect((await api.get(`webhooks/${webhook.id}`)).body.disabledReason).toContain('410');
    for (const { id } of [webhook, watcher]) await api.delete(`webhooks/${id}`);
    receiver.received.splice(0);
  });

  it('forgets attempts after thirty days', async () => {
    const { body: webhook } = await api.post('webhooks', input());
    await api.post(`webhooks/${webhook.id}/test`, {});
    await idp.get(WebhookDeliveries).purge();
    expect((await api.get(`webhooks/${webhook.id}/deliveries`)).body.items).toHaveLength(1);
    idp.clock.forward(31 * DAY);
    await idp.get(WebhookDeliveries).purge();
    idp.clock.reset();
    expect((await api.get(`webhooks/${webhook.id}/deliveries`)).body.items).toEqual([]);
    await api.delete(`webhooks/${webhook.id}`);
    receiver.received.splice(0);
  });

  it('lists its events with schema and example', async () => {
    const { body } = await api.get('webhook-events');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(WEBHOOK_EVENTS);
    expect(body.items[0]).toMatchObject({ schema: { type: 'object' }, example: { type: body.items[0].name } });
  });

  it('S-177 opens nothing to who may not, and nothing of another tenant', async () => {
    const { body: webhook } = await api.post('webhooks', input());
    const auditor = await adminApi(idp, tenant, ['auditor']);
    expect((await auditor.get(`webhooks/${webhook.id}/deliveries`)).status).toBe(200);
    expect((await auditor.post('webhooks', input())).status).toBe(403);
    expect((await auditor.post(`webhooks/${webhook.id}/secret/rotate`, {})).status).toBe(403);
    const there = await adminApi(idp, await idp.createTenant({ slug: 'globex' }));
    for (const path of [`webhooks/${webhook.id}`, `webhooks/${webhook.id}/deliveries`, 'webhooks/x']) {
      expect((await there.get(path)).status).toBe(404);
    }
    expect((await there.post(`webhooks/${webhook.id}/test`, {})).status).toBe(404);
    expect((await there.post(`webhooks/${webhook.id}/secret/rotate`, {})).status).toBe(404);
    expect((await there.delete(`webhooks/${webhook.id}`, { 'if-match': '*' })).status).toBe(404);
    await api.delete(`webhooks/${webhook.id}`);
  });
});
