import { readFileSync } from 'node:fs';
import { LineCounter, type Node, isMap, isNode, isPair, isSeq, parseDocument, type Document } from 'yaml';
import { UsageError } from './command';

const SCHEMA = '$schema';

/** A YAML or JSON file, and where in it everything stands. */
export class DocumentFile {
  private constructor(
    readonly name: string,
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {}

  /** @throws UsageError naming the line that cannot be read */
  static read(name: string): DocumentFile {
    return DocumentFile.parse(name, readText(name));
  }

  static parse(name: string, text: string): DocumentFile {
    const lines = new LineCounter();
    // JSON is YAML, too. A value never depends on another line: no merge keys, and aliases within reason.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
    const file = new DocumentFile(name, document, lines);
    const complaints = [...document.errors, ...document.warnings].map(({ pos, message }) => file.at(pos[0], message));
    if (complaints.length > 0) throw new UsageError(complaints.join('\n'));
    return file;
  }

  /** What it says, without the note for editors. @throws UsageError */
  get value(): Record<string, unknown> {
    const value = this.read();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UsageError(`${this.name}:1:1: a configuration is an object that begins with \`version: 1\``);
    }
    const { [SCHEMA]: _schema, ...document } = value as Record<string, unknown>;
    return document;
  }

  /** `file:line:column: detail` of what a JSON pointer names, or of the nearest thing around it that is there. */
  locate(pointer: string, detail: string): string {
    return this.at(offsetOf(this.document.contents, segmentsOf(pointer)), detail);
  }

  private read(): unknown {
    try {
      return this.document.toJS({ maxAliasCount: 100 }) as unknown;
    } catch (error) {
      throw new UsageError(`${this.name}: ${(error as Error).message}`);
    }
  }

  private at(offset: number, detail: string): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.name}:${Math.max(line, 1)}:${Math.max(col, 1)}: ${detail}`;
  }
}

/** RFC 6901 §4 */
function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Of the name where the last one that is there is a member, of the item where it is one of a list. */
function offsetOf(contents: unknown, segments: readonly string[]): number {
  let [node, offset] = [contents, startOf(contents)];
  for (const segment of segments) {
    const below = childOf(node, segment);
    if (!below) break;
    [node, offset] = [below.node, below.offset];
  }
  return offset;
}

function childOf(node: unknown, segment: string): { node: unknown; offset: number } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(segment)];
    return item === undefined ? undefined : { node: item, offset: startOf(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((each) => isPair(each) && String(each.key) === segment);
  return pair && { node: pair.value, offset: startOf(pair.key) };
}

function startOf(node: unknown): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0;
}

function readText(name: string): string {
  try {
    return readFileSync(name === '-' ? 0 : name, 'utf8');
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${(error as Error).message}`);
  }
}
