/**
 * @spec RFC 7518 §3.4 — a JWS holds R and S of P-256 side by side, 32 bytes each; OpenSSL speaks DER.
 * Every length below is a short form: the longest DER signature of this curve has 72 bytes.
 */
const SIZE = 32;
const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** Takes what OpenSSL made, and only that: no other form is checked. */
export function derToRaw(der: Buffer): Buffer {
  const raw = Buffer.alloc(2 * SIZE);
  const s = copyInteger(der, 2, raw, SIZE);
  copyInteger(der, s, raw, 2 * SIZE);
  return raw;
}

/** Copies one INTEGER so that it ends before `end`, without its sign byte; returns where the next one starts. */
function copyInteger(der: Buffer, at: number, raw: Buffer, end: number): number {
  const next = at + 2 + der[at + 1]!;
  const length = Math.min(der[at + 1]!, SIZE);
  der.copy(raw, end - length, next - length, next);
  return next;
}

/** 64 bytes in. */
export function rawToDer(raw: Buffer): Buffer {
  const r = integer(raw.subarray(0, SIZE));
  const s = integer(raw.subarray(SIZE));
  return Buffer.concat([Buffer.of(SEQUENCE, r.length + s.length), r, s]);
}

function integer(bytes: Buffer): Buffer {
  let start = 0;
  while (start < SIZE - 1 && bytes[start] === 0) start++;
  const magnitude = bytes.subarray(start);
  const sign = magnitude[0]! & 0x80 ? [0] : [];
  return Buffer.concat([Buffer.of(INTEGER, sign.length + magnitude.length, ...sign), magnitude]);
}
