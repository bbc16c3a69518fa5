/** The command palette's entries: each screen adds what can be done on it. */

import { createContext, type ReactNode, use, useEffect, useId, useMemo, useRef, useState } from "react";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly run: () => void;
}

interface Registry {
  readonly set: (id: string, commands: readonly Command[] | null) => void;
  readonly commands: readonly Command[];
}

const Context = createContext<Registry>({ set: () => {}, commands: [] });

export function CommandsProvider({ children }: { children: ReactNode }) {
  const [known, setKnown] = useState<ReadonlyMap<string, readonly Command[]>>(new Map());
  const set = useRef((id: string, commands: readonly Command[] | null) => {
    setKnown(before => {
      const after = new Map(before);
      if (commands) after.set(id, commands);
      else after.delete(id);
      return after;
    });
  });
  const registry = useMemo(() => ({ set: set.current, commands: [...known.values()].flat() }), [known]);
  return <Context value={registry}>{children}</Context>;
}

/** Offer these in the palette while the component is shown. */
export function useCommands(commands: readonly Command[]): void {
  const { set } = use(Context);
  const id = useId();
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(commands.map(({ id, label, description }) => [id, label, description]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for what the list holds
  useEffect(() => {
    set(
      id,
      latest.current.map((one, at) => ({ ...one, run: () => latest.current[at]?.run() })),
    );
    return () => set(id, null);
  }, [id, shape, set]);
}

/** What the screens offer now. */
export function useKnownCommands(): readonly Command[] {
  return use(Context).commands;
}
