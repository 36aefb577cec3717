import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a text, base64url: how bearer secrets of 256 random bits are stored and found. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** Compares two texts in a time that depends on their lengths only (S-187). */
export function equalConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
