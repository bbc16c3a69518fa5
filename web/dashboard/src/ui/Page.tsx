import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";

interface Props {
  readonly title: string;
  /** What this screen is for, in a sentence. */
  readonly lead?: ReactNode;
  /** Where it belongs: `[["/procedures", "Procedures"]]`. */
  readonly trail?: readonly (readonly [to: string, label: string])[];
  /** What stands beside the title: badges, a copy button. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  /** `full` takes the whole width; `narrow` suits forms. */
  readonly width?: "full" | "narrow";
  readonly children: ReactNode;
}

/** A screen: title, actions, content. The title is the tab's too. */
export function Page({ title, lead, trail = [], beside, actions, width, children }: Props) {
  useDocumentTitle(title);
  return (
    <Stack p={{ base: "sm", sm: "lg" }} gap="md" maw={width === "full" ? undefined : width === "narrow" ? 820 : 1280}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} style={{ minWidth: 0 }}>
          {trail.length > 0 && (
            <Breadcrumbs fz="sm">
              {trail.map(([to, label]) => (
                <Anchor key={to} component={Link} to={to} fz="sm">
                  {label}
                </Anchor>
              ))}
              <span />
            </Breadcrumbs>
          )}
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {beside}
          </Group>
          {lead && (
            <Text c="dimmed" fz="sm" maw={640} component="div">
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

/** Name the tab; a number in front counts what waits. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Deskhand`;
  }, [title]);
}
