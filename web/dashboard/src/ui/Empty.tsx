import { Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  readonly icon: Icon;
  readonly title: string;
  /** What would be here, and how it comes here. */
  readonly children: ReactNode;
  /** The button that begins it. */
  readonly action?: ReactNode;
}

/** A place with nothing in it, which teaches what to do. */
export function Empty({ icon: Icon, title, children, action }: Props) {
  return (
    <Stack align="center" gap={6} py={56} px="md" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light">
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} fz="md" mt="xs">
        {title}
      </Title>
      <Text c="dimmed" fz="sm" maw={460} component="div">
        {children}
      </Text>
      {action && <div style={{ marginTop: 12 }}>{action}</div>}
    </Stack>
  );
}
