import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { MasterKey } from '@tokenidp/kernel';
import * as parse from './parsers';
import { EnvironmentError, parseVariables, type Variable, type Values, variables } from './variable';

/** What can be configured by environment. The README's table and docker/.env.example are made from it. */
const TABLE = variables({
  publicUrl: {
    name: 'PUBLIC_URL',
    description: 'The URL under which people and applications reach the server: the issuer of the system tenant.',
    default: 'http://localhost:{PORT}',
    example: 'https://id.example.com',
    parse: parse.publicUrl,
  },
  port: { name: 'PORT', description: 'The port to listen on.', default: '3000', parse: parse.port },
  host: {
    name: 'HOST',
    description: 'The address to listen on; in production all, otherwise only this machine.',
    default: '127.0.0.1 (production: 0.0.0.0)',
    parse: parse.text,
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    description: 'PostgreSQL or SQL Server. Left out, a PostgreSQL of its own runs in DATA_DIR.',
    example: 'postgres://user:password@db.example.com/tokenidp',
    secret: true,
    parse: parse.databaseUrl,
  },
  dataDir: {
    name: 'DATA_DIR',
    description: 'The folder of the embedded database and of a generated master key.',
    default: './data',
    parse: parse.text,
  },
  masterKey: {
    name: 'MASTER_KEY',
    description:
      'Seals private keys and secrets: base64 of 32 random bytes, as [id:]key. Several, parted by commas: the first seals, all open. Outside production one is generated in DATA_DIR.',
    example: '2026:pnFpVY0RyyXgBTQr0wGY5mFLFRjJaSpBP4yKzCl4dGU=',
    secret: true,
    parse: parse.masterKeys,
  },
  masterKeyFile: {
    name: 'MASTER_KEY_FILE',
    description: 'A file that holds what MASTER_KEY would.',
    parse: (path) => parse.masterKeys(parse.secretFile(path)),
  },
  trustedProxies: {
    name: 'TRUSTED_PROXIES',
    description: 'Addresses or networks of the proxies whose X-Forwarded-For counts, parted by commas.',
    default: 'none',
    example: '10.0.0.0/8',
    parse: parse.networks,
  },
  tenantIssuerMode: {
    name: 'TENANT_ISSUER_MODE',
    description: 'Where a tenant lives: path (PUBLIC_URL/t/name) or subdomain (name.TENANT_ROOT_DOMAIN).',
    default: 'path',
    parse: parse.oneOf('path', 'subdomain'),
  },
  tenantRootDomain: {
    name: 'TENANT_ROOT_DOMAIN',
    description: 'The domain below which tenants live in the mode subdomain.',
    example: 'id.example.com',
    parse: parse.domain,
  },
  outboundAllowedHosts: {
    name: 'OUTBOUND_ALLOWED_HOSTS',
    description: 'Hosts (host or host:port) that outgoing calls may reach although they are private, parted by commas.',
    default: 'none',
    parse: parse.list,
  },
  logLevel: {
    name: 'LOG_LEVEL',
    description: 'The least level that is logged.',
    default: 'info',
    parse: parse.oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace'),
  },
  bootstrapAdminEmail: {
    name: 'BOOTSTRAP_ADMIN_EMAIL',
    description: 'Makes the first administrator of a fresh install unattended; without it, a one-time link is logged.',
    parse: parse.email,
  },
  bootstrapAdminPassword: {
    name: 'BOOTSTRAP_ADMIN_PASSWORD',
    description: 'The password of that administrator.',
    secret: true,
    parse: parse.text,
  },
  bootstrapAdminPasswordFile: {
    name: 'BOOTSTRAP_ADMIN_PASSWORD_FILE',
    description: 'A file that holds that password.',
    parse: parse.secretFile,
  },
  demo: {
    name: 'DEMO',
    description: 'Seeds the tenant `demo` with users, roles, clients and an API. Refused in production.',
    default: '0 (npm start: 1)',
    parse: parse.flag,
  },
  nodeEnv: {
    name: 'NODE_ENV',
    description: 'production refuses a generated master key, a PUBLIC_URL without https, and demo data.',
    default: 'development',
    parse: parse.oneOf('production', 'development', 'test'),
  },
});

export const ENVIRONMENT: readonly Variable<unknown>[] = Object.values(TABLE);

export interface Environment {
  publicUrl: URL;
  port: number;
  host: string;
  databaseUrl: string | undefined;
  dataDir: string;
  masterKeys: readonly MasterKey[];
  trustedProxies: readonly string[];
  tenantIssuerMode: 'path' | 'subdomain';
  tenantRootDomain: string | undefined;
  outboundAllowedHosts: readonly string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  bootstrapAdmin: { email: string; password: string } | undefined;
  demo: boolean;
  production: boolean;
}

/** Reads and checks everything; throws one EnvironmentError that names every bad variable. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const problems: string[] = [];
  const values = parseVariables(TABLE, environment, problems);
  const production = values.nodeEnv === 'production';
  problems.push(...contradictions(values), ...(production ? productionProblems(values) : []));
  if (problems.length > 0) throw new EnvironmentError(problems);

  const port = values.port ?? 3000;
  const dataDir = resolve(values.dataDir ?? 'data');
  return {
    publicUrl: values.publicUrl ?? new URL(`http://localhost:${port}`),
    port,
    host: values.host ?? (production ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: values.databaseUrl,
    dataDir,
    masterKeys: values.masterKey ?? values.masterKeyFile ?? generatedMasterKey(dataDir),
    trustedProxies: values.trustedProxies ?? [],
    tenantIssuerMode: values.tenantIssuerMode ?? 'path',
    tenantRootDomain: values.tenantRootDomain,
    outboundAllowedHosts: values.outboundAllowedHosts ?? [],
    logLevel: values.logLevel ?? 'info',
    bootstrapAdmin: bootstrapAdmin(values),
    demo: values.demo ?? false,
    production,
  };
}

function contradictions(values: Values<typeof TABLE>): string[] {
  const problems: string[] = [];
  if (values.masterKey && values.masterKeyFile) problems.push('MASTER_KEY_FILE: MASTER_KEY is set too; choose one');
  if (values.tenantIssuerMode === 'subdomain' && !values.tenantRootDomain) {
    problems.push('TENANT_ROOT_DOMAIN: is needed with TENANT_ISSUER_MODE=subdomain');
  }
  const password = values.bootstrapAdminPassword ?? values.bootstrapAdminPasswordFile;
  if (values.bootstrapAdminPassword && values.bootstrapAdminPasswordFile) {
    problems.push('BOOTSTRAP_ADMIN_PASSWORD_FILE: BOOTSTRAP_ADMIN_PASSWORD is set too; choose one');
  }
  if (values.bootstrapAdminEmail && !password)
    problems.push('BOOTSTRAP_ADMIN_PASSWORD: is needed with BOOTSTRAP_ADMIN_EMAIL');
  if (password && !values.bootstrapAdminEmail)
    problems.push('BOOTSTRAP_ADMIN_EMAIL: is needed with BOOTSTRAP_ADMIN_PASSWORD');
  return problems;
}

function productionProblems(values: Values<typeof TABLE>): string[] {
  const problems: string[] = [];
  if (values.publicUrl?.protocol !== 'https:')
    problems.push('PUBLIC_URL: must be set and begin with https:// in production');
  if (!values.masterKey && !values.masterKeyFile) problems.push('MASTER_KEY: must be set in production');
  if (values.demo) problems.push('DEMO: is refused in production');
  return problems;
}

function bootstrapAdmin(values: Values<typeof TABLE>): Environment['bootstrapAdmin'] {
  const password = values.bootstrapAdminPassword ?? values.bootstrapAdminPasswordFile;
  return values.bootstrapAdminEmail && password ? { email: values.bootstrapAdminEmail, password } : undefined;
}

/** A master key for development, made once and kept beside the data it seals. */
function generatedMasterKey(dataDir: string): MasterKey[] {
  const path = join(dataDir, 'master-key');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `development:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    claim(draft, path);
  }
  return parse.masterKeys(readFileSync(path, 'utf8').trim());
}

/** Gives the finished draft its name unless another process, starting at the same time, was first. */
function claim(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    unlinkSync(draft);
  }
}
