/** Where one writes as the customer, with the customer's menu. */

import type { Preview } from "@deskhand/contract";
import { ActionIcon, Menu, TextInput } from "@mantine/core";
import { IconDotsVertical, IconSend } from "@tabler/icons-react";
import { type FormEvent, useEffect, useState } from "react";
import { useTexts } from "../../i18n/language";
import classes from "./Preview.module.css";
import { preview as texts } from "./texts";
import type { Happening } from "./usePreview";

interface Props {
  readonly preview: Preview;
  readonly busy: boolean;
  readonly happen: (event: Happening) => void;
}

export function Write({ preview, busy, happen }: Props) {
  const say = useTexts(texts);
  const [text, setText] = useState("");
  const [meant, setMeant] = useState(false); // said while something else was under way: sent after it
  useEffect(() => {
    if (!meant || busy) return;
    setMeant(false);
    setText("");
    happen({ kind: "message", text: text.trim() });
  }, [meant, busy, text, happen]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) setMeant(true);
  };
  return (
    <form className={classes.bottom} onSubmit={submit}>
      <TextInput
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        placeholder={say("say")}
        aria-label={say("say")}
        autoComplete="off"
        leftSection={preview.menu.length > 0 && <CustomersMenu preview={preview} busy={busy} happen={happen} />}
        leftSectionPointerEvents="all"
        rightSection={
          <ActionIcon type="submit" aria-label={say("send")} loading={busy} variant="subtle" color="desk">
            <IconSend size={16} />
          </ActionIcon>
        }
      />
    </form>
  );
}

/** What the customer can start at any time. */
function CustomersMenu({ preview, busy, happen }: Props) {
  const say = useTexts(texts);
  return (
    <Menu position="top-start">
      <Menu.Target>
        <ActionIcon aria-label={say("menu")} title={say("menu")}>
          <IconDotsVertical size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say("menu")}</Menu.Label>
        {preview.menu.map(one => (
          <Menu.Item
            key={one.procedure}
            disabled={busy || preview.mode === "member"}
            onClick={() => happen({ kind: "click", question: "menu", choice: one.procedure })}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
