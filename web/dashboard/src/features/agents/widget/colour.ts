/** Whether a widget's colour can be read: by WCAG's measure, and with the text that the widget puts on it. */

/** Above this lightness the widget writes in black; its styles reckon the same. */
const BRIGHT = 49.5;

export interface Readable {
  /** What the widget writes with on this colour. */
  readonly text: "#000000" | "#ffffff";
  /** The contrast between the two; WCAG asks for 4.5. */
  readonly onIt: number;
  /** The contrast with a white page; WCAG asks for 3 where something is to be seen, and not read. */
  readonly onWhite: number;
}

export const LEAST_TEXT = 4.5;
export const LEAST_SHAPE = 3;

/** How well a colour such as `#1d4ed8` can be read; null for what is no such colour. */
export function readable(colour: string): Readable | null {
  const linear = channels(colour);
  if (!linear) return null;
  const [red, green, blue] = linear;
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // CSS's lch() sees colours in the light of D50
  const text = lightness(0.2225 * red + 0.7169 * green + 0.0606 * blue) > BRIGHT ? "#000000" : "#ffffff";
  const onWhite = 1.05 / (luminance + 0.05);
  return { text, onIt: text === "#ffffff" ? onWhite : (luminance + 0.05) / 0.05, onWhite };
}

function lightness(luminance: number): number {
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (luminance * 24389) / 27;
}

function channels(colour: string): [number, number, number] | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!found) return null;
  const [red, green, blue] = found.slice(1).map(part => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** What was typed as `#rrggbb`, where it can be meant so: `abc` and `#1D4ED8` too. */
export function sixDigits(typed: string): string {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(typed.trim())?.[1]?.toLowerCase();
  if (!digits) return typed;
  return `#${digits.length === 3 ? [...digits].map(digit => digit + digit).join("") : digits}`;
}
