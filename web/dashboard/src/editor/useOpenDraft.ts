import { useEffect, useState } from "react";
import { useMe } from "../app/session";
import { Checker } from "./checking";
import { Draft, type Opened } from "./draft";
import { keep } from "./keeping";
import { Saver } from "./saving";

/** A draft with what belongs to it while it is open: saving, keeping, checking. */
export function useOpenDraft(opened: Opened): { readonly draft: Draft; readonly checker: Checker | null } {
  const workspace = useMe().workspace.id;
  const [draft] = useState(() => new Draft(opened));
  const [checker, setChecker] = useState<Checker | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an opened draft stays the same one
  useEffect(() => {
    const checks = new Checker(draft);
    setChecker(checks);
    const ends = [() => checks.end()];
    if (opened.readOnly === null) {
      const saver = new Saver(draft, opened.positions);
      const letGo = keep(workspace, draft);
      ends.push(() => void letGo(saver.end()));
    }
    return () => {
      for (const end of ends) end();
    };
  }, [draft, workspace]);
  return { draft, checker };
}
