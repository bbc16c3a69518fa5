/** The inbox: queues and conversations, the conversation, and what is known of the customer. */

import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { IconMessages } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useShortcuts } from "../../app/shortcuts";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { useDocumentTitle } from "../../ui/Page";
import { useLeft } from "../../ui/place";
import { Waiting } from "../../ui/Waiting";
import type { PaneKeys } from "./ConversationPane";
import classes from "./Inbox.module.css";
import { flushAll } from "./outbox";
import { QueuePane } from "./QueuePane";
import { inbox, QUEUES, type Queue } from "./texts";
import { useQueue } from "./useQueue";

// what is behind a conversation comes with the first one that is opened
const OpenConversation = lazy(() => import("./OpenConversation"));

const PHONE = "(max-width: 48em)";
const NARROW = "(max-width: 80em)";

export default function Inbox() {
  const say = useTexts(inbox);
  const open = useParams()["*"] || null;
  const [search] = useSearchParams();
  const queue = queueOf(search.get("queue"));
  const navigate = useNavigate();
  const phone = useMediaQuery(PHONE) ?? false;
  const narrow = useMediaQuery(NARROW) ?? false;
  const [details, setDetails] = useLocalStorage({ key: "deskhand.inbox.details", defaultValue: true });
  const [drawer, setDrawer] = useLocalStorage({ key: "deskhand.inbox.drawer", defaultValue: false });
  const list = useQueue(queue);
  const keys = useRef<PaneKeys>(null);
  useDocumentTitle(list.counts?.waiting ? `(${list.counts.waiting}) ${say("title")}` : say("title"));
  useEffect(flushAll, []);

  const to = (id: string | null) => `/inbox${id ? `/${id}` : ""}?queue=${queue}`;
  const step = (by: number) => {
    const at = list.items.findIndex(one => one.conversation === open);
    const next = list.items[at < 0 ? 0 : at + by];
    if (next) void navigate(to(next.conversation));
  };
  const toggle = () => (narrow ? setDrawer(shown => !shown) : setDetails(shown => !shown));
  useShortcuts(say("keys"), [
    { key: "j", label: say("keyNext"), run: () => step(1) },
    { key: "k", label: say("keyPrevious"), run: () => step(-1) },
    { key: "r", label: say("keyReply"), run: () => keys.current?.write("reply") },
    { key: "n", label: say("keyNote"), run: () => keys.current?.write("note") },
    { key: "e", label: say("keyResolve"), run: () => keys.current?.resolve() },
    { key: "t", label: say("keyTake"), run: () => keys.current?.takeOrHandBack() },
    { key: "d", label: say("keyDetails"), run: toggle },
  ]);
  const shown = useRef(open);
  shown.current = open;
  const left = useLeft();
  const following = useMemo(() => nextOf(list.items, open), [list.items, open]);
  const beside = !!open && details && !narrow;
  return (
    <div className={classes.panes} data-details={beside || undefined}>
      {(!phone || !open) && <QueuePane queue={queue} list={list} open={open} to={to} />}
      {open ? (
        <Suspense fallback={<Waiting page />}>
          <OpenConversation
            key={open}
            id={open}
            keys={keys}
            back={phone ? to(null) : null}
            toggle={toggle}
            details={beside ? "beside" : narrow && drawer ? "drawer" : null}
            onResolved={() => {
              // the answer may be slow: whoever has gone on by then is not called back
              if (shown.current === open && !left()) void navigate(to(following));
            }}
          />
        </Suspense>
      ) : (
        !phone && (
          <div className={classes.pane}>
            <Empty icon={IconMessages} title={say("pick")}>
              {say("pickText")}
            </Empty>
          </div>
        )
      )}
    </div>
  );
}

function queueOf(name: string | null): Queue {
  return QUEUES.find(one => one === name) ?? "all";
}

/** What is opened when this one is done: the one below it, or else above. */
function nextOf(items: readonly { readonly conversation: string }[], open: string | null): string | null {
  const at = items.findIndex(one => one.conversation === open);
  return (at < 0 ? items[0] : (items[at + 1] ?? items[at - 1]))?.conversation ?? null;
}
