import { isId, newId } from './ids';

describe('newId', () => {
  it('RFC 9562 §5.7 makes distinct, time-ordered version 7 ids', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => newId(1_700_000_000_000 + index));
    expect(new Set(ids).size).toBe(1000);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is accepted by isId, and other spellings are not', () => {
    const id = newId();
    expect(isId(id)).toBe(true);
    expect(isId(id.toUpperCase().replace(/\d/g, 'A'))).toBe(false);
    expect(isId(`${id} `)).toBe(false);
    expect(isId('')).toBe(false);
  });
});
