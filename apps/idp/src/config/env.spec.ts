import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT, readEnvironment } from './env';
import { EnvironmentError } from './variable';

const KEY = Buffer.alloc(32, 1).toString('base64');
const folder = (): string => mkdtempSync(join(tmpdir(), 'idp-env-'));

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readEnvironment(environment);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe('readEnvironment', () => {
  it('has a default for everything outside production and keeps the generated master key', () => {
    const dataDir = folder();
    const first = readEnvironment({ DATA_DIR: dataDir });
    expect(first).toMatchObject({ port: 3000, host: '127.0.0.1', demo: false, production: false });
    expect(first.publicUrl.origin).toBe('http://localhost:3000');
    expect(readEnvironment({ DATA_DIR: dataDir }).masterKeys).toEqual(first.masterKeys);
    expect(statSync(join(dataDir, 'master-key')).mode & 0o777).toBe(0o600);
  });

  it('names every bad variable at once and writes nothing', () => {
    const dataDir = folder();
    const problems = problemsOf({
      PUBLIC_URL: 'id.example.com',
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      DATA_DIR: dataDir,
      MASTER_KEY: 'short',
      TRUSTED_PROXIES: '10.0.0.0/99',
      TENANT_ISSUER_MODE: 'host',
      LOG_LEVEL: 'loud',
      BOOTSTRAP_ADMIN_EMAIL: 'nobody',
      DEMO: 'maybe',
      NODE_ENV: 'staging',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual(
      'BOOTSTRAP_ADMIN_EMAIL DATABASE_URL DEMO LOG_LEVEL MASTER_KEY NODE_ENV PORT PUBLIC_URL TENANT_ISSUER_MODE TRUSTED_PROXIES'.split(
        ' ',
      ),
    );
    expect(existsSync(join(dataDir, 'master-key'))).toBe(false);
  });

  it('refuses in production a generated master key, plain http and demo data', () => {
    const names = problemsOf({ NODE_ENV: 'production', PUBLIC_URL: 'http://id.example.com', DEMO: '1' }).map(
      (problem) => problem.split(':')[0],
    );
    expect(names).toEqual(['PUBLIC_URL', 'MASTER_KEY', 'DEMO']);
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://id.example.com', MASTER_KEY: KEY };
    expect(readEnvironment(production)).toMatchObject({ production: true, host: '0.0.0.0' });
  });

  it('says which of two contradicting or incomplete variables to mend', () => {
    const file = join(folder(), 'key');
    writeFileSync(file, KEY);
    expect(problemsOf({ MASTER_KEY: KEY, MASTER_KEY_FILE: file })).toHaveLength(1);
    expect(problemsOf({ MASTER_KEY: KEY, TENANT_ISSUER_MODE: 'subdomain' })[0]).toMatch(/^TENANT_ROOT_DOMAIN/);
    expect(problemsOf({ MASTER_KEY: KEY, BOOTSTRAP_ADMIN_EMAIL: 'a@b' })[0]).toMatch(/^BOOTSTRAP_ADMIN_PASSWORD/);
    expect(problemsOf({ MASTER_KEY_FILE: '/does/not/exist' })[0]).toMatch(/^MASTER_KEY_FILE/);
    expect(readEnvironment({ MASTER_KEY_FILE: file }).masterKeys[0]?.key.toString('base64')).toBe(KEY);
  });

  it('S-182 never repeats the value of a secret in a problem', () => {
    const planted = 'planted-secret-value';
    expect(problemsOf({ MASTER_KEY: planted, DATABASE_URL: planted }).join()).not.toContain(planted);
  });

  it('accepts several master keys with ids, the first of which seals', () => {
    const keys = readEnvironment({ MASTER_KEY: `new:${KEY},old:${Buffer.alloc(32, 2).toString('base64')}` }).masterKeys;
    expect(keys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('documents every variable in a sentence', () => {
    for (const { name, description } of ENVIRONMENT) {
      expect(name).toMatch(/^[A-Z_]+$/);
      expect(description).toMatch(/^\S.+\.$/);
    }
  });
});
