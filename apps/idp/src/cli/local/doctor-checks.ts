import { X509Certificate } from 'node:crypto';
import type { Environment } from '../../config/env';
import { type Check, doubtful, ok, wrong } from './check';
import { databaseChecks } from './database-checks';

type Examination = (environment: Environment) => Check[] | Promise<Check[]>;

const TIMEOUT_MS = 5000;
const MAX_SKEW_SECONDS = 5;
const SOON_DAYS = 21;

function publicUrl({ publicUrl: url, production }: Environment): Check[] {
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:') return [ok('public url', `${url.origin} is https`)];
  if (isLoopback && !production) return [ok('public url', `${url.origin} is on this machine`)];
  return [wrong('public url', `${url.origin} is not https`, 'set PUBLIC_URL to the https address that people use')];
}

function masterKey({ masterKeys, production }: Environment): Check[] {
  if (masterKeys.length > 0 || !production) return [ok('master key', `${masterKeys.length} configured`)];
  return [wrong('master key', 'none is configured', 'set MASTER_KEY or MASTER_KEY_FILE')];
}

function database({ databaseUrl, production }: Environment): Check[] {
  if (databaseUrl) return [ok('database', `a ${new URL(databaseUrl).protocol.replace(':', '')} server`)];
  const cause = 'the embedded database serves one instance';
  return [
    production ? doubtful('database', cause, 'set DATABASE_URL to run several instances') : ok('database', cause),
  ];
}

function certificate({ tls }: Environment): Check[] {
  const pem = tls.secure?.cert;
  if (!pem) return [];
  const { validTo, subjectAltName } = new X509Certificate(String(pem));
  const days = Math.floor((Date.parse(validTo) - Date.now()) / 86_400_000);
  if (days < 0) return [wrong('certificate', `it ended on ${validTo}`, 'renew the file that TLS_CERT names')];
  const cause = `it is good for ${days} days (${subjectAltName ?? 'no names'})`;
  return [days < SOON_DAYS ? doubtful('certificate', cause, 'renew it soon') : ok('certificate', cause)];
}

/** What a client sees from outside: discovery at the public address, with the issuer that we would say, and the time. */
async function outside({ publicUrl: url, trustedProxies }: Environment): Promise<Check[]> {
  const issuer = url.href.replace(/\/$/, '');
  const at = `${issuer}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(at, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
    if (!answer.ok) {
      return [wrong('discovery', `${at} answers ${answer.status}`, 'let the proxy pass the host and the path on')];
    }
    const { issuer: said } = (await answer.json()) as { issuer?: string };
    return [sameIssuer(issuer, said), clock(answer.headers.get('date')), proxy(url, answer, trustedProxies.length)];
  } catch (error) {
    return [
      wrong('discovery', `${at} cannot be reached: ${(error as Error).message}`, 'start the server, or open the way'),
    ];
  }
}

function sameIssuer(issuer: string, said: string | undefined): Check {
  if (said === issuer) return ok('discovery', `${issuer} says that it is the issuer`);
  const fix = 'set PUBLIC_URL of the running server to the address that people use';
  return wrong('discovery', `the server there says that it is ${said ?? 'nobody'}`, fix);
}

function clock(date: string | null): Check {
  const skew = Math.abs(Date.parse(date ?? '') - Date.now()) / 1000;
  if (skew <= MAX_SKEW_SECONDS) return ok('clock', 'the clocks here and there agree');
  return wrong('clock', `the clocks differ by ${Math.round(skew)} seconds`, 'let both follow a time server');
}

function proxy(url: URL, answer: Response, trusted: number): Check {
  const isProxied = answer.headers.has('via') || answer.headers.has('cf-ray');
  if (isProxied && trusted === 0) {
    const fix = 'set TRUSTED_PROXIES to the addresses of the proxy: else every client has its address';
    return doubtful('proxy', `there is a proxy in front of ${url.host} that is not trusted`, fix);
  }
  return ok('proxy', trusted > 0 ? `${trusted} networks are trusted` : 'none is seen');
}

export const CHECKS: readonly Examination[] = [publicUrl, masterKey, database, certificate, outside, databaseChecks];
