import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a tab, with a heading and what it is for. */
export function Part({ title, hint, children }: Props) {
  return (
    <section>
      <Title order={2} fz="md" mb={2}>
        {title}
      </Title>
      {hint && (
        <Text fz="sm" c="dimmed" mb="xs" maw={680} component="div">
          {hint}
        </Text>
      )}
      <Stack gap="xs">{children}</Stack>
    </section>
  );
}
