// The driver writes varchar in the code page of the database's collation: anything else would become "?".
const ASCII = /^[\x00-\x7f]*$/;

/** `sql.MAX` of the driver. */
export const MAX_LENGTH = 65_535;

/**
 * True when a value can be sent as varchar of this length as it is. Another one goes as nvarchar(max): cut off or
 * replaced it might match a key that it is not.
 */
export function fitsVarchar(value: string, length: number): boolean {
  return value.length <= length && ASCII.test(value);
}
