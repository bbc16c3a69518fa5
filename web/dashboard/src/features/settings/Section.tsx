import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTexts } from "../../i18n/language";
import { useDocumentTitle } from "../../ui/Page";
import { settings } from "./texts";

interface Props {
  readonly title: string;
  /** What is set here and what for, in a sentence or two. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Whether it stands below another one, which names the tab. */
  readonly below?: boolean;
  readonly children: ReactNode;
}

/** One section of the settings: title, what it is for, buttons, content. The title is the tab's too. */
export function Section({ title, lead, actions, below, children }: Props) {
  const say = useTexts(settings);
  return (
    <Stack gap="md">
      {!below && <TabTitle title={`${title} · ${say("title")}`} />}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} flex="1 1 320px" miw={0}>
          <Title order={2}>{title}</Title>
          {lead && (
            <Text c="dimmed" fz="sm" maw={600} component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

function TabTitle({ title }: { title: string }) {
  useDocumentTitle(title);
  return null;
}
