import { UnavailableError } from '@tokenidp/kernel';

const RETRY_AFTER_SECONDS = 2;

// Sockets; PostgreSQL's classes 08 and 57P, no way in (28, 3D), "too many connections" and victims of a deadlock, for
// whom another attempt is the cure; the mssql driver's connection codes.
const UNAVAILABLE_CODES = new Set(
  [
    'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH ENOENT EACCES',
    '08000 08001 08003 08004 08006 57P01 57P02 57P03 57P04 57P05 28000 28P01 3D000 53300 25P03 25P04 40001 40P01',
    'ESOCKET ETIMEOUT ECONNCLOSED ENOTOPEN ENOCONN EINSTLOOKUP ELOGIN',
  ].flatMap((codes) => codes.split(' ')),
);

const MSSQL_DEADLOCK_VICTIM = 1205;

const UNAVAILABLE_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|client was closed|query read timeout|operation timed out for an unknown reason|resource request timed out|cannot use a pool after calling end|driver not connected|connection is closed/i;

interface DriverFailure {
  code?: unknown;
  number?: unknown;
  message?: unknown;
  driverError?: unknown;
  originalError?: unknown;
  errors?: unknown;
}

function isPassing(failure: DriverFailure): boolean {
  if (typeof failure.code === 'string' && UNAVAILABLE_CODES.has(failure.code)) return true;
  if (failure.number === MSSQL_DEADLOCK_VICTIM) return true;
  return typeof failure.message === 'string' && UNAVAILABLE_MESSAGES.test(failure.message);
}

/** The driver's own error, out of TypeORM's or the mssql driver's wrapping. */
function* unwrap(error: unknown): Generator<DriverFailure> {
  let current = error;
  for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
    const failure = current as DriverFailure;
    yield failure;
    if (Array.isArray(failure.errors)) yield* failure.errors as DriverFailure[];
    current = failure.driverError ?? failure.originalError;
  }
}

/** A failure of the connection, or one that another attempt cures, as `UnavailableError`; everything else as it came. */
export function translateFailure(error: unknown): unknown {
  if (error instanceof UnavailableError) return error;
  for (const failure of unwrap(error)) {
    if (isPassing(failure)) {
      return new UnavailableError(RETRY_AFTER_SECONDS, 'the database cannot serve this now', { cause: error });
    }
  }
  return error;
}

/** True when a write was refused because a row with the same key exists, on either engine. */
export function isUniqueViolation(error: unknown): boolean {
  for (const failure of unwrap(error)) {
    if (failure.code === '23505' || failure.number === 2627 || failure.number === 2601) return true;
  }
  return false;
}
