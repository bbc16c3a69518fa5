/** The middle pane: one conversation, live, and what a member can do with it. */

import type { Conversation } from "@deskhand/contract";
import { Skeleton } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import { $api, api } from "../../api/client";
import { useLive } from "../../api/live";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { OfConversation } from "../talk/Files";
import { Approvals } from "./Approvals";
import { Assistant } from "./Assistant";
import { Composer, type Mode } from "./Composer";
import { Head } from "./Head";
import classes from "./Inbox.module.css";
import { Outgoing } from "./Outgoing";
import { useBeat, useOthers } from "./presence";
import { Thread } from "./Thread";
import { inbox } from "./texts";
import { useDecisions } from "./useDecisions";
import { useTalk } from "./useTalk";

export interface PaneKeys {
  readonly write: (mode: Mode) => void;
  readonly resolve: () => void;
  readonly takeOrHandBack: () => void;
}

interface Props {
  readonly id: string;
  readonly keys: RefObject<PaneKeys | null>;
  /** Where the list is, on a phone. */
  readonly back: string | null;
  readonly details: () => void;
  readonly onResolved: () => void;
}

export function ConversationPane(props: Props) {
  const { id } = props;
  const say = useTexts(inbox);
  const query = $api.useQuery("get", "/v1/conversations/{id}", { params: { path: { id } } });
  useLive(
    ["/v1/conversations/{id}", "/v1/runs/{id}"],
    hint => hint.kind === "changed" && hint.body.conversation === id,
  );
  return (
    <section className={classes.pane} aria-label={say("about")}>
      {query.data ? (
        <Loaded {...props} conversation={query.data} />
      ) : query.error ? (
        <ErrorNote error={query.error} retry={() => void query.refetch()} page />
      ) : (
        <div className={classes.thread} role="status" aria-label={say("about")}>
          <Skeleton h={40} w="60%" mb="md" />
          <Skeleton h={40} w="45%" ml="auto" mb="md" />
          <Skeleton h={40} w="50%" />
        </div>
      )}
    </section>
  );
}

function Loaded({ id, keys, back, details, onResolved, conversation }: Props & { conversation: Conversation }) {
  const [mode, setMode] = useState<Mode>("reply");
  const field = useRef<HTMLTextAreaElement>(null);
  const talk = useTalk(id, conversation.seq);
  const beat = useBeat(id);
  const others = useOthers(id, conversation.present);
  const decisions = useDecisions(conversation, talk.last, onResolved);
  useReadMark(id, talk.last);
  const write = (wanted: Mode) => {
    setMode(wanted);
    requestAnimationFrame(() => field.current?.focus());
  };
  useImperativeHandle(keys, () => ({
    write,
    resolve: () => decisions.resolve(true),
    takeOrHandBack: () => (conversation.mode === "member" ? decisions.handBack() : decisions.takeOver()),
  }));
  const composer = (ask?: ReactNode) => (
    <Composer
      conversation={conversation}
      mode={mode}
      setMode={setMode}
      field={field}
      last={talk.last}
      onTyping={typing => beat(typing && mode === "reply")}
    >
      {ask}
    </Composer>
  );
  return (
    <>
      <Head conversation={conversation} back={back} details={details} decisions={decisions} />
      {mode === "assistant" ? (
        <Assistant conversation={conversation} entries={talk.entries} composer={composer} />
      ) : (
        <>
          <OfConversation id={id}>
            <Thread talk={talk} conversation={conversation} others={others}>
              <Approvals conversation={conversation} runs={conversation.runs} />
              <Outgoing id={id} last={talk.last} edit={write} />
            </Thread>
          </OfConversation>
          {composer()}
        </>
      )}
    </>
  );
}

/** What is shown while the page is looked at counts as read. */
function useReadMark(id: string, seq: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    const mark = async () => {
      if (document.hidden || !seq) return;
      await api.POST("/v1/conversations/{id}/read", { params: { path: { id } }, body: { seq } });
      await queries.invalidateQueries({ predicate: query => query.queryKey[1] === "/v1/inbox" });
    };
    // what cannot be marked now is marked with the next message
    const timer = setTimeout(() => void mark().catch(() => {}), 400);
    return () => clearTimeout(timer);
  }, [id, seq, queries]);
}
