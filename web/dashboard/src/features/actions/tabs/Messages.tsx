import { ActionIcon, Button, Group, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../../i18n/language";
import { useEditing } from "../editing";
import { WordsInput } from "../fields/WordsInput";
import { reaches, type Words } from "../model";
import { response } from "./responseTexts";

const ANSWER = [
  { value: "response.", detail: "" },
  { value: "status", detail: "" },
];
const STATUS = /^[1-5](\d\d|xx)$/;
const NAMED = ["success", "error", "timeout"];

/** What the customer is told, by outcome. */
export function Messages() {
  const say = useTexts(response);
  const { doc, set, locked } = useEditing();
  const messages = doc.messages ?? {};
  const change = (key: string, words: Words | null) => {
    const { [key]: _, ...rest } = messages;
    set({ messages: words === null ? rest : { ...rest, [key]: words } });
  };
  const statuses = Object.keys(messages)
    .filter(key => !NAMED.includes(key))
    .sort();
  const named = reaches(doc) ? (["success", "error", "timeout"] as const) : (["success"] as const);
  const label = { success: say("onSuccess"), error: say("onError"), timeout: say("onTimeout") };
  return (
    <Stack gap="sm">
      {named.map(key => (
        <WordsInput
          key={key}
          label={label[key]}
          value={messages[key]}
          onChange={words => change(key, words)}
          also={ANSWER}
        />
      ))}
      {statuses.map(status => (
        <Group key={status} gap="xs" align="flex-start" wrap="nowrap">
          <div style={{ flex: 1 }}>
            <WordsInput
              label={say("onStatus", { status })}
              value={messages[status]}
              onChange={words => change(status, words ?? "")}
              also={ANSWER}
            />
          </div>
          {!locked && (
            <ActionIcon mt={26} aria-label={say("removeMessage", { status })} onClick={() => change(status, null)}>
              <IconX size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {reaches(doc) && !locked && <AddStatus taken={statuses} add={status => change(status, "")} />}
    </Stack>
  );
}

function AddStatus({ taken, add }: { taken: readonly string[]; add: (status: string) => void }) {
  const say = useTexts(response);
  const [status, setStatus] = useState("");
  const [wrong, setWrong] = useState(false);
  const go = () => {
    if (!STATUS.test(status) || taken.includes(status)) {
      setWrong(true);
      return;
    }
    add(status);
    setStatus("");
  };
  return (
    <Group gap="xs" align="flex-start">
      <TextInput
        aria-label={say("statusLabel")}
        placeholder={say("statusHint")}
        value={status}
        onChange={event => {
          setWrong(false);
          setStatus(event.currentTarget.value.trim().toLowerCase());
        }}
        onKeyDown={event => event.key === "Enter" && go()}
        error={wrong && say("statusWrong")}
        w={220}
      />
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={go}>
        {say("addStatus")}
      </Button>
    </Group>
  );
}
