import type { ProblemField } from '@tokenidp/kernel';

const MAX_DEPTH = 12;
const MAX_MEMBERS = 20_000;
/** Names that every object has of the language's own: as a member of an input they are an attempt at something else. */
const INHERITED = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** RFC 6901 §3 */
export function pointerTo(above: string, member: string | number): string {
  return `${above}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

interface Level {
  readonly value: object;
  readonly pointer: string;
  readonly depth: number;
}

/** What no input may be, whatever its DTO: no object, too deep, too large, or with names of the language itself. */
export function inputProblem(value: unknown): ProblemField | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { pointer: '', detail: 'The input is a JSON object.' };
  }
  const open: Level[] = [{ value, pointer: '', depth: 1 }];
  let seen = 0;
  for (let level = open.pop(); level; level = open.pop()) {
    const problem = levelProblem(level);
    if (problem) return problem;
    const below = levelsBelow(level);
    seen += Object.keys(level.value).length;
    if (seen > MAX_MEMBERS) return { pointer: '', detail: `The input has at most ${MAX_MEMBERS} members.` };
    for (const each of below) open.push(each);
  }
  return undefined;
}

function levelProblem({ value, pointer, depth }: Level): ProblemField | undefined {
  if (depth > MAX_DEPTH) return { pointer, detail: `The input is at most ${MAX_DEPTH} levels deep.` };
  const inherited = Object.keys(value).find((name) => INHERITED.has(name));
  return inherited === undefined
    ? undefined
    : { pointer: pointerTo(pointer, inherited), detail: 'There is no such member here.' };
}

function levelsBelow({ value, pointer, depth }: Level): Level[] {
  return Object.entries(value)
    .filter(([, member]) => typeof member === 'object' && member !== null)
    .map(([name, member]) => ({ value: member as object, pointer: pointerTo(pointer, name), depth: depth + 1 }));
}
