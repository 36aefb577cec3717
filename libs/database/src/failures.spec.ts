import { UnavailableError } from '@tokenidp/kernel';
import { QueryFailedError } from 'typeorm';
import { isUniqueViolation, translateFailure } from './failures';

const failure = (properties: object, message = 'failed'): Error => Object.assign(new Error(message), properties);

describe('translateFailure', () => {
  it.each([
    [failure({ code: 'ECONNREFUSED' })],
    [failure({ code: 'ENOENT' })],
    [failure({ code: '57P01' })],
    [failure({ code: '53300' })],
    [failure({ code: '28P01' })],
    [failure({ code: '3D000' })],
    [failure({ code: '40P01' })],
    [failure({ code: 'EREQUEST', number: 1205 })],
    [failure({}, 'Connection terminated unexpectedly')],
    [failure({}, 'timeout exceeded when trying to connect')],
    [failure({}, 'Query read timeout')],
    [failure({ code: 'ESOCKET' })],
    [new QueryFailedError('SELECT 1', [], failure({ code: 'ECONNRESET' }))],
    [failure({ originalError: failure({ code: 'ETIMEDOUT' }) })],
    [new AggregateError([failure({ code: 'ECONNREFUSED' })])],
  ])('takes %p for an absent database', (error) => {
    const translated = translateFailure(error);
    expect(translated).toBeInstanceOf(UnavailableError);
    expect((translated as UnavailableError).cause).toBe(error);
    expect(translateFailure(translated)).toBe(translated);
  });

  it.each([
    [failure({ code: '23505' })],
    [failure({ code: '42601' }, 'syntax error')],
    [failure({ code: 'EREQUEST', number: 2627 })],
    [new QueryFailedError('SELECT 1', [], failure({ code: '22P02' }))],
    [undefined],
    ['a string'],
  ])('leaves %p as it is', (error) => {
    expect(translateFailure(error)).toBe(error);
  });
});

describe('isUniqueViolation', () => {
  it('knows both engines, also inside of what TypeORM throws', () => {
    expect(isUniqueViolation(failure({ code: '23505' }))).toBe(true);
    expect(isUniqueViolation(new QueryFailedError('INSERT', [], failure({ code: '23505' })))).toBe(true);
    expect(isUniqueViolation(failure({ code: 'EREQUEST', number: 2601 }))).toBe(true);
    expect(isUniqueViolation(failure({ code: '23503' }))).toBe(false);
    expect(isUniqueViolation(null)).toBe(false);
  });
});
