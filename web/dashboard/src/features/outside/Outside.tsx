import { Anchor, Card, Center, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { isLanguage, useLanguage, useTexts } from "../../i18n/language";
import { LANGUAGES } from "../../i18n/texts";
import { useDocumentTitle } from "../../ui/Page";
import classes from "./Outside.module.css";
import { outside } from "./texts";

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** A page before the door: one card in the middle, the language below it. */
export function Outside({ title, lead, children }: Props) {
  const say = useTexts(outside);
  useDocumentTitle(title);
  return (
    <Center component="main" className={classes.page}>
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap={4} align="center">
          <Group gap={10}>
            <img src="/icon.svg" alt="" width="32" height="32" />
            <Text fw={650} fz={22}>
              Deskhand
            </Text>
          </Group>
          <Text c="dimmed" fz="sm" ta="center" className={classes.tagline}>
            {say("tagline")}
          </Text>
        </Stack>
        <Card withBorder padding="xl" radius="lg" className={classes.card}>
          <Stack gap="md">
            <Stack gap={4}>
              <Title order={1}>{title}</Title>
              {lead && (
                <Text c="dimmed" fz="sm" component="div">
                  {lead}
                </Text>
              )}
            </Stack>
            {children}
          </Stack>
        </Card>
        <Languages />
      </Stack>
    </Center>
  );
}

function Languages() {
  const say = useTexts(outside);
  const { language, choose } = useLanguage();
  return (
    <Group justify="center" gap="md" role="group" aria-label={say("language")}>
      {Object.entries(LANGUAGES).map(([value, label]) => (
        <Anchor
          key={value}
          component="button"
          type="button"
          fz="xs"
          c={value === language ? undefined : "dimmed"}
          fw={value === language ? 600 : undefined}
          aria-pressed={value === language}
          lang={value}
          onClick={() => isLanguage(value) && choose(value)}
        >
          {label}
        </Anchor>
      ))}
    </Group>
  );
}
