/** Who else looks at a conversation or types in it, and telling the others what this tab does. */

import type { Somebody } from "@deskhand/contract";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import { useHints } from "../../api/live";
import { useMe } from "../../app/session";
import { useNow } from "../../ui/time";

const BEAT = 12_000;
const TYPING_AGAIN = 3_000;
const tab = Math.random().toString(36).slice(2, 10);

type Doing = "looking" | "typing" | "gone";

function tell(id: string, state: Doing): void {
  // who is there is a courtesy: a failure is told nowhere and mended by the next beat
  void api.POST("/v1/conversations/{id}/presence", { params: { path: { id } }, body: { state, tab } }).catch(() => {});
}

/** Tell the others that this member looks at the conversation; gives what to call when they type. */
export function useBeat(id: string): (typing: boolean) => void {
  const typed = useRef(0);
  useEffect(() => {
    const beat = () => {
      if (!document.hidden && Date.now() - typed.current > TYPING_AGAIN) tell(id, "looking");
    };
    beat();
    const timer = setInterval(beat, BEAT);
    const left = () => tell(id, document.hidden ? "gone" : "looking");
    document.addEventListener("visibilitychange", left);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", left);
      tell(id, "gone");
    };
  }, [id]);
  return typing => {
    if (!typing) {
      if (typed.current) tell(id, "looking");
      typed.current = 0;
    } else if (Date.now() - typed.current > TYPING_AGAIN) {
      typed.current = Date.now();
      tell(id, "typing");
    }
  };
}

/** Everybody but oneself, as long as they are there. */
export function useOthers(id: string, known: readonly Somebody[]): readonly Somebody[] {
  const me = useMe();
  const [heard, setHeard] = useState<{ id: string; people: readonly Somebody[] } | null>(null);
  const now = useNow(1_000);
  useHints(hint => {
    if (hint.kind === "presence" && hint.body.conversation === id) {
      setHeard({ id, people: hint.body.people as Somebody[] });
    }
  });
  const people = heard?.id === id ? heard.people : known;
  return people.filter(one => Date.parse(one.until) > now && !(one.side === "member" && one.by === me.name));
}

/** Who is where, told over the workspace's stream. */
export function usePresenceHints(): ReadonlyMap<string, readonly Somebody[]> {
  const [people, setPeople] = useState<ReadonlyMap<string, readonly Somebody[]>>(new Map());
  useHints(hint => {
    if (hint.kind !== "presence") return;
    const { conversation, people: there } = hint.body as { conversation: string; people: Somebody[] };
    setPeople(before => new Map(before).set(conversation, there));
  });
  return people;
}
