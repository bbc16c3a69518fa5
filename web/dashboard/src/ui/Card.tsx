import { Group, Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  /** What stands at the title's end: a link, a button. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen, with a title of its own. */
export function Card({ title, beside, children }: Props) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} fz="md">
          {title}
        </Title>
        {beside}
      </Group>
      {children}
    </Paper>
  );
}
