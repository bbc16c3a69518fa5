/** Where steps stand on the canvas, in pixels: the left upper corner. */

export interface Position {
  readonly x: number;
  readonly y: number;
}

export type Positions = Readonly<Record<string, Position>>;

/** How large a step is drawn. */
export const WIDTH = 240;
export const HEIGHT = 84;
export const MARK = { width: 96, height: 32 } as const;
export const GRID = 8;

export function snapped({ x, y }: Position): Position {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}
