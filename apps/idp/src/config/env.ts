import { resolve } from 'node:path';
import type { MasterKey } from '@tokenidp/kernel';
import type { TlsFiles } from '../tls/tls-files';
import { generatedMasterKey } from './generated-master-key';
import * as parse from './parsers';
import { TLS_VARIABLES, tlsFiles, tlsProblems } from './tls';
import { EnvironmentError, parseVariables, type Variable, type Values, variables } from './variable';

/** What can be configured by environment. The README's table and docker/.env.example are made from it. */
const TABLE = variables({
  publicUrl: {
    name: 'PUBLIC_URL',
    description: 'The URL under which people and applications reach the server: the issuer of the system tenant.',
    default: 'http://localhost:{PORT} (https with TLS_CERT)',
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
  ...TLS_VARIABLES,
  tenantIssuerMode: {
    name: 'TENANT_ISSUER_MODE',
    description:
      'Where a tenant lives unless its settings say otherwise: path (PUBLIC_URL/t/name) or subdomain (name.TENANT_ROOT_DOMAIN).',
    default: 'path',
    parse: parse.oneOf('path', 'subdomain'),
  },
  tenantRootDomain: {
    name: 'TENANT_ROOT_DOMAIN',
    description: 'The domain below which tenants in the mode subdomain live.',
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
  /** certificates of the listener and of those who vouch for clients */
  tls: TlsFiles;
  tlsClientCertHeader: 'client-cert' | 'x-ssl-client-cert' | 'x-forwarded-client-cert' | undefined;
  mtlsPublicUrl: URL | undefined;
  tenantIssuerMode: 'path' | 'subdomain';
  tenantRootDomain: string | undefined;
  outboundAllowedHosts: readonly string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  bootstrapAdmin: { email: string; password: string } | undefined;
  demo: boolean;
  production: boolean;
}

const DEFAULTS = {
  port: 3000,
  dataDir: 'data',
  trustedProxies: [],
  tenantIssuerMode: 'path',
  outboundAllowedHosts: [],
  logLevel: 'info',
  demo: false,
} as const;

/** As it is, for what has variables of its own: the command line. */
export function environmentVariables(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** Reads and checks everything; throws one EnvironmentError that names every bad variable. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const problems: string[] = [];
  const values = parseVariables(TABLE, environment, problems);
  const production = values.nodeEnv === 'production';
  problems.push(...contradictions(values), ...administratorProblems(values), ...tlsProblems(values));
  if (production) problems.push(...productionProblems(values));
  const tls = tlsFiles(values, problems);
  if (!tls || problems.length > 0) throw new EnvironmentError(problems);

  const { masterKey, masterKeyFile, ...settings } = { ...DEFAULTS, ...values };
  const dataDir = resolve(settings.dataDir);
  return {
    ...settings,
    tls,
    tlsClientCertHeader: settings.tlsClientCertHeader,
    mtlsPublicUrl: settings.mtlsPublicUrl,
    publicUrl: settings.publicUrl ?? localUrl(tls, settings.port),
    host: settings.host ?? (production ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: settings.databaseUrl,
    dataDir,
    masterKeys: masterKey ?? masterKeyFile ?? generatedMasterKey(dataDir),
    tenantRootDomain: settings.tenantRootDomain,
    bootstrapAdmin: bootstrapAdmin(values),
    production,
  };
}

function localUrl({ secure }: TlsFiles, listeningPort: number): URL {
  return new URL(`${secure ? 'https' : 'http'}://localhost:${listeningPort}`);
}

function contradictions(values: Values<typeof TABLE>): string[] {
  const problems: string[] = [];
  if (values.masterKey && values.masterKeyFile) problems.push('MASTER_KEY_FILE: MASTER_KEY is set too; choose one');
  if (values.tenantIssuerMode === 'subdomain' && !values.tenantRootDomain) {
    problems.push('TENANT_ROOT_DOMAIN: is needed with TENANT_ISSUER_MODE=subdomain');
  }
  if (values.bootstrapAdminPassword && values.bootstrapAdminPasswordFile) {
    problems.push('BOOTSTRAP_ADMIN_PASSWORD_FILE: BOOTSTRAP_ADMIN_PASSWORD is set too; choose one');
  }
  return problems;
}

function administratorProblems(values: Values<typeof TABLE>): string[] {
  const { bootstrapAdminEmail: email } = values;
  const password = values.bootstrapAdminPassword ?? values.bootstrapAdminPasswordFile;
  if (email && !password) return ['BOOTSTRAP_ADMIN_PASSWORD: is needed with BOOTSTRAP_ADMIN_EMAIL'];
  if (password && !email) return ['BOOTSTRAP_ADMIN_EMAIL: is needed with BOOTSTRAP_ADMIN_PASSWORD'];
  return [];
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
