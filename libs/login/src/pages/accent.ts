/**
 * One colour of the tenant becomes the two that the pages use, so that text always stands out: on the light card the
 * accent is darkened, on the dark card lightened, until WCAG 2.2 §1.4.3 holds (4.5 : 1, a little more to be safe).
 */
export interface AccentColours {
  light: string;
  dark: string;
}

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The dark scheme's button text and card, see login.css. */
const DARK_CARD: Rgb = [24, 27, 34];
const ENOUGH = 5;
const HEX = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;
const FALLBACK: Rgb = [36, 86, 197];

export function accentColours(accent: string): AccentColours {
  const colour = parse(accent) ?? FALLBACK;
  return { light: hex(shift(colour, BLACK, WHITE)), dark: hex(shift(colour, WHITE, DARK_CARD)) };
}

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  return ratio(parse(one) ?? BLACK, parse(other) ?? WHITE);
}

function parse(text: string): Rgb | undefined {
  const digits = HEX.exec(text)?.[1];
  if (!digits) return undefined;
  const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = parseInt(full, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function shift(colour: Rgb, towards: Rgb, against: Rgb): Rgb {
  for (let step = 0; step <= 20; step += 1) {
    const mixed = mix(colour, towards, step / 20);
    if (ratio(mixed, against) >= ENOUGH) return mixed;
  }
  return towards;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [channel(0), channel(1), channel(2)];
}

function ratio(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function hex(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
