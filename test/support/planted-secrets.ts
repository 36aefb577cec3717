import { randomBytes } from 'node:crypto';

/** Every secret of a test by what it is, so that it can be looked for where none may be. */
export class PlantedSecrets {
  private readonly values = new Map<string, string>();

  /** A secret of nobody's that is sent somewhere. */
  plant(name: string, shape: (random: string) => string = (random) => random): string {
    return this.keep(name, shape(`planted-${randomBytes(18).toString('base64url')}`));
  }

  /** A secret that the server or a fixture has made. */
  keep(name: string, value: string): string {
    if (value.length < 16 || this.values.has(name)) throw new Error(`${name} cannot be looked for`);
    this.values.set(name, value);
    return value;
  }

  get size(): number {
    return this.values.size;
  }

  /** Names of those that can be read in the text: as they are, escaped for a URL, or as base64. */
  in(text: string): string[] {
    const found = [...this.values].filter(([, value]) => spellings(value).some((each) => text.includes(each)));
    return found.map(([name]) => name);
  }
}

/** Of base64 only the part that does not depend on what stands around it. */
function spellings(value: string): string[] {
  const aligned = [0, 1, 2].map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + value).toString('base64');
    return encoded.slice(before === 0 ? 0 : 4, -4);
  });
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), ...aligned];
}
