// The plans with which the server's own statements were run, told by auto_explain: nothing is taken apart or sent again.
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';

const LARGE = new Set([
  'user',
  'credential',
  'audit_event',
  'session',
  'session_client',
  'authorization',
  'consent',
  'refresh_token',
  'access_token',
  'failed_request',
  'webhook_delivery',
  'client',
  'user_role',
  'device_authorization',
  'backchannel_request',
]);
const SETTLE_MS = 300;

export class Plans {
  constructor(database) {
    this.database = database;
    /** statement → the large tables that it read from one end to the other, and where */
    this.findings = new Map();
    this.count = 0;
  }

  async start() {
    await this.set(
      'ALTER SYSTEM SET auto_explain.log_format = json',
      'ALTER SYSTEM SET auto_explain.log_min_duration = 0',
    );
    this.offset = this.database.readLog().length;
  }

  async stop() {
    await this.set('ALTER SYSTEM RESET auto_explain.log_min_duration');
  }

  /** What has been run since, on behalf of that. */
  collect(label) {
    const log = this.database.readLog();
    const text = log.slice(this.offset);
    this.offset = log.length;
    for (const [, written] of text.matchAll(/ plan:\n((?:\t.*\n)+)/g)) this.judge(JSON.parse(written), label);
  }

  judge(written, label) {
    this.count += 1;
    for (const table of scannedIn(written.Plan)) {
      const statement = `${table}: ${written['Query Text'].replaceAll(/\s+/g, ' ').slice(0, 160)}`;
      this.findings.set(statement, [...(this.findings.get(statement) ?? []), label]);
    }
  }

  async set(...statements) {
    const client = new pg.Client(this.database.location);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.query('SELECT pg_reload_conf()');
    await client.end();
    await sleep(SETTLE_MS);
  }
}

function scannedIn(node) {
  const own = node['Node Type'] === 'Seq Scan' && LARGE.has(node['Relation Name']) ? [node['Relation Name']] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scannedIn)];
}
