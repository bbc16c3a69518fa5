/** Where the problems of a YAML text stand in it. */

export interface Found {
  readonly sentence: string;
  readonly step: string | null;
  readonly severity: string;
}

export interface Placed extends Found {
  /** From 1; null where it is about the whole. */
  readonly line: number | null;
}

const SAID = /^line (\d+)(?:, column \d+)?: */;

/** The line that a problem is about: the one it names, else that of its step. */
export function placed(text: string, problem: Found): Placed {
  const said = SAID.exec(problem.sentence);
  if (said) return { ...problem, sentence: problem.sentence.slice(said[0].length), line: Number(said[1]) };
  return { ...problem, line: problem.step === null ? null : lineOf(text, problem.step) };
}

/** The characters of a line. */
export function span(text: string, line: number): { from: number; to: number } {
  const lines = text.split("\n");
  const at = Math.min(Math.max(line, 1), lines.length);
  const from = lines.slice(0, at - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return { from, to: from + (lines[at - 1]?.length ?? 0) };
}

function lineOf(text: string, step: string): number | null {
  const escaped = step.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`^[ \\t]*(?:-[ \\t]+)?id:[ \\t]*["']?${escaped}["']?[ \\t]*$`, "m").exec(text);
  return found ? text.slice(0, found.index + found[0].length).split("\n").length : null;
}
