// Trying again what could not be done for now, with growing pauses from which one can be woken.

import type { Problem } from "./link";
import { clearTimeout, has, jitter, min, setTimeout } from "./natives";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** Times that the service may break down over one thing. */
const MOST_BREAKS = 4;
/** Refused for now: not signed in any more, too slow, too early, too often. */
const PASSING = [401, 408, 425, 429];

export interface Patience {
  pause(ms: number): Promise<void>;
  /** End all pauses. */
  rouse(): void;
  /** Do it until it is done (null), refused for good (the problem), or not `wanted` any more. */
  insist(act: () => Promise<unknown>, wanted: () => boolean): Promise<Problem | null>;
}

/** `away` is told each time whether anybody answers. */
export function createPatience(away: (gone: boolean) => void): Patience {
  const sleepers = new Set<() => void>();
  const pause = (ms: number) =>
    new Promise<void>(done => {
      const wake = () => {
        sleepers.delete(wake);
        clearTimeout(timer);
        done();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
    });
  return {
    pause,
    rouse() {
      for (const wake of [...sleepers]) wake();
    },
    async insist(act, wanted) {
      for (let wait = FIRST_WAIT, breaks = 0; wanted(); wait = min(wait * 2, LONGEST_WAIT)) {
        try {
          await act();
          away(false);
          break;
        } catch (error) {
          const problem = error as Problem;
          // what is no problem of the service's is a line that broke
          const { status = 0, identity } = problem;
          if (!wanted()) break;
          away(!status);
          if (status > 499) breaks++;
          const passes = !status || identity || has(PASSING, status) || (breaks && breaks < MOST_BREAKS);
          if (!passes) return problem;
          await pause(problem.pause || jitter(identity ? LONGEST_WAIT : wait));
        }
      }
      return null;
    },
  };
}
