import { chooseEngine } from './engine';

describe('chooseEngine', () => {
  it.each([
    ['postgres://a:b@host:5432/name', 'postgres'],
    ['postgresql://host/name', 'postgres'],
    ['postgres://postgres@localhost/name?host=%2Ftmp%2Fsocket', 'postgres'],
    ['mssql://sa:b@host:1433/name?encrypt=false', 'mssql'],
    ['sqlserver://host/name', 'mssql'],
  ])('reads %s', (url, engine) => {
    expect(chooseEngine(url)).toEqual({ engine, embedded: false, url });
  });

  it('takes the embedded PostgreSQL when there is no URL', () => {
    expect(chooseEngine(undefined)).toEqual({ engine: 'postgres', embedded: true });
    expect(chooseEngine('')).toEqual({ engine: 'postgres', embedded: true });
  });

  it.each([
    ['mysql://root:secret@host/name', 'scheme "mysql:"'],
    ['host:5432/secret', 'scheme "host:"'],
    ['just secret words', 'not a URL'],
    ['postgres://user:secret@host', 'names no database'],
    ['mssql://user:secret@host/', 'names no database'],
  ])('refuses %s without repeating a secret', (url, message) => {
    expect(() => chooseEngine(url)).toThrow(message);
    expect(() => chooseEngine(url)).not.toThrow(/secret/);
  });
});
