import { BackchannelDeliveries } from '@tokenidp/oauth';
import { decodeJwt } from 'jose';
import { HttpBrowser } from '../support/http-browser';
import { type HearingApp, LogoutSuite } from '../support/logout-suite';
import type { Tokens } from '../support/stock-client';

describe('OIDC Back-Channel Logout §2.5, §2.7 a receiver that does not take it', () => {
  let suite: LogoutSuite;

  beforeAll(async () => {
    suite = await LogoutSuite.start();
  });

  afterEach(() => suite.idp.clock.reset());

  afterAll(() => suite?.close());

  const deliver = () => suite.idp.get(BackchannelDeliveries).deliver();
  const rowsOf = (app: HearingApp) =>
    suite.idp.database.dataSource.query<{ status: string; attempts: number; lastError: string; payload: object }[]>(
      `SELECT "status", "attempts", "lastError", "payload" FROM "outbox" WHERE "key" LIKE '%${app.flow.app.client.client_id}'`,
    );

  it('gets a fresh token each time, until it takes one', async () => {
    const app = await suite.app();
    suite.receiver.answers.set(app.path, (response) => void response.writeHead(503).end());
    await suite.visit(app);
    await suite.receiver.tokens(app.path, 1);
    suite.receiver.answers.delete(app.path);
    suite.idp.clock.forward(300);
    await deliver();
    const [first, second] = (await suite.receiver.tokens(app.path, 2)).map((each) => decodeJwt(each));
    expect(second!.iat! - first!.iat!).toBeGreaterThanOrEqual(299);
    expect(second!.jti).not.toBe(first!.jti);
    expect({ sub: second!.sub, sid: second!.sid }).toEqual({ sub: first!.sub, sid: first!.sid });
    expect(await rowsOf(app)).toEqual([]);
  });

  it('S-128 is not followed to where it redirects', async () => {
    const app = await suite.app();
    suite.receiver.answers.set(
      app.path,
      (response) => void response.writeHead(307, { location: suite.receiver.url('/elsewhere') }).end(),
    );
    await suite.visit(app);
    await suite.receiver.tokens(app.path, 1);
    expect(suite.receiver.at('/elsewhere')).toEqual([]);
    await suite.receiver.tokens(app.path, 1);
    for (let wait = 0; wait < 100 && (await rowsOf(app))[0]?.lastError === null; wait += 1) await deliver();
    expect(await rowsOf(app)).toMatchObject([{ status: 'pending', lastError: 'the receiver answered 307' }]);
  });

  it('is given up after ten attempts, which the audit trail tells; no log has held a token', async () => {
    const app = await suite.app();
    suite.receiver.answers.set(app.path, (response) => void response.writeHead(500).end());
    await suite.visit(app);
    for (let attempt = 2; attempt <= 12; attempt += 1) {
      await suite.receiver.tokens(app.path, Math.min(attempt - 1, 10));
      suite.idp.clock.forward(3600 * attempt);
      await deliver();
    }
    expect(suite.receiver.at(app.path)).toHaveLength(10);
    expect(await rowsOf(app)).toMatchObject([{ status: 'dead', attempts: 10 }]);
    const events = await suite.idp.database.dataSource.query<object[]>(
      `SELECT "clientId", "detail" FROM "audit_event" WHERE "event" = 'backchannel-logout.failed'`,
    );
    expect(events).toContainEqual({
      clientId: app.flow.app.client.id,
      detail: { attempts: 10, reason: 'the receiver answered 500' },
    });
    const told = JSON.stringify([suite.log, await rowsOf(app), events]);
    expect(suite.log.join()).toContain('was not delivered (attempt 10)');
    expect(told).not.toMatch(/eyJ/);
    expect(told).not.toContain(suite.receiver.host);
  });

  it('§2.5 holds up no other, though it never answers and has many to hear of', async () => {
    const [dead, alive] = [await suite.app(), await suite.app()];
    suite.receiver.answers.set(dead.path, () => undefined);
    const people: { browser: HttpBrowser; tokens: Tokens }[] = [];
    for (let n = 0; n < 40; n += 1) {
      const browser = new HttpBrowser();
      people.push({ browser, tokens: await suite.enter(dead, browser) });
    }
    await Promise.all(people.map(({ browser, tokens }) => suite.logout(dead, browser, tokens.id_token!)));
    await suite.visit(alive);
    await suite.receiver.tokens(alive.path);
    // Nothing had to be waited for: the first of the calls that hang has not even been given up.
    const waiting = await rowsOf(dead);
    expect(waiting).toHaveLength(40);
    expect(waiting.filter(({ lastError }) => lastError !== null)).toEqual([]);
    expect(waiting.filter(({ attempts }) => attempts > 0).length).toBeLessThan(20);
  });
});
