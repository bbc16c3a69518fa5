import { ActionIcon, Code, CopyButton, Group, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTexts } from "../i18n/language";
import { ui } from "./texts";

/** A small button that copies a text. */
export function Copy({ value, label }: { value: string; label?: string }) {
  const say = useTexts(ui);
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? say("copied") : (label ?? say("copy"))}>
          <ActionIcon size="sm" onClick={copy} aria-label={copied ? say("copied") : (label ?? say("copy"))}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** An id with a button to copy it. */
export function CopyId({ id }: { id: string }) {
  return (
    <Group gap={2} wrap="nowrap" style={{ minWidth: 0 }}>
      <Code style={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{id}</Code>
      <Copy value={id} />
    </Group>
  );
}
