/** How much waits, in the menu and in the tab's title; and what members are told wherever they are. */

import { Anchor, Badge as Pill, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { $api } from "../../api/client";
import { useHints, useLive } from "../../api/live";
import { useTexts } from "../../i18n/language";
import { tell } from "./alerts";
import { badge } from "./badgeTexts";
import { COUNT } from "./paths";

/** The number of approvals and outcomes that wait for the viewer. */
export function Badge() {
  const say = useTexts(badge);
  const { data } = $api.useQuery("get", COUNT);
  useLive([COUNT], hint => hint.body.approvals === true);
  const count = (data?.pending ?? 0) + (data?.outcomes ?? 0);
  useCountInTitle(count);
  useTelling(data === undefined ? undefined : count);
  useNotices();
  if (!count) return null;
  return (
    <>
      <Pill variant="filled" color="red" size="sm" circle={count < 10} aria-hidden>
        {count > 99 ? "99+" : count}
      </Pill>
      <VisuallyHidden>{say("badge", { count })}</VisuallyHidden>
    </>
  );
}

/** Put the number in front of whatever the screen calls the tab. */
function useCountInTitle(count: number): void {
  useEffect(() => {
    const put = () => {
      const plain = document.title.replace(/^\(\d+\) /, "");
      const wanted = count ? `(${count}) ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
    };
    put();
    const title = document.querySelector("title");
    if (!title) return;
    const watching = new MutationObserver(put);
    watching.observe(title, { childList: true });
    return () => watching.disconnect();
  }, [count]);
}

/** Tell of what has come since the last look. */
function useTelling(count: number | undefined): void {
  const say = useTexts(badge);
  const navigate = useNavigate();
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (count !== undefined && before.current !== undefined && count > before.current) {
      tell(say("newTitle"), say("newText", { count }), () => void navigate("/approvals"));
    }
    before.current = count ?? before.current;
  }, [count, say, navigate]);
}

interface Notice {
  readonly seq: number;
  readonly description: string;
}

/** What steps with `approval: notify` have done, as it happens; it stands in the conversation too. */
function useNotices(): void {
  const say = useTexts(badge);
  const navigate = useNavigate();
  useHints(hint => {
    const { conversation, notified } = hint.body;
    if (!Array.isArray(notified) || document.hidden) return;
    for (const { seq, description } of notified as Notice[]) {
      const to = `/conversations/${String(conversation)}#e${seq}`;
      notifications.show({
        id: `${String(conversation)} ${seq}`,
        title: say("noticeTitle"),
        message: (
          <>
            {description}{" "}
            <Anchor
              href={to}
              fz="sm"
              onClick={event => {
                event.preventDefault();
                void navigate(to);
              }}
            >
              {say("openConversation")}
            </Anchor>
          </>
        ),
        autoClose: 10_000,
      });
    }
  });
}
