/** Chooses the kind of a new step: by typing, by arrow keys, on a phone by a tap. */

import { Modal, ScrollArea, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { useActions, type Where } from "../actions";
import { KINDS, STEPS, stepTexts } from "../steps";
import { editor } from "../texts";
import classes from "./Canvas.module.css";

export function AddStep({ where, close }: { where: Where; close: () => void }) {
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  const actions = useActions();
  const [wanted, setWanted] = useState("");
  const words = wanted.trim().toLowerCase();
  const fitting = KINDS.filter(kind =>
    `${sayStep(STEPS[kind].label)} ${sayStep(STEPS[kind].about)} ${kind}`.toLowerCase().includes(words),
  );
  const add = (kind: (typeof KINDS)[number] | undefined) => {
    if (!kind) return;
    close();
    actions.add(kind, where);
  };
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{say("addStep")}</Text>} size="sm">
      <TextInput
        data-autofocus
        aria-label={say("findStep")}
        placeholder={say("findStep")}
        leftSection={<IconSearch size={15} />}
        value={wanted}
        onChange={event => setWanted(event.currentTarget.value)}
        onKeyDown={event => event.key === "Enter" && add(fitting[0])}
      />
      <ScrollArea.Autosize mah={380} mt="xs">
        <Stack gap={0}>
          {fitting.map(kind => {
            const { icon: Icon, colour, label, about } = STEPS[kind];
            return (
              <UnstyledButton key={kind} className={classes.kind} onClick={() => add(kind)}>
                <span className={classes.icon} data-colour={colour}>
                  <Icon size={15} stroke={1.8} />
                </span>
                <span>
                  <Text fz="sm" fw={550}>
                    {sayStep(label)}
                  </Text>
                  <Text fz="xs" c="dimmed">
                    {sayStep(about)}
                  </Text>
                </span>
              </UnstyledButton>
            );
          })}
        </Stack>
      </ScrollArea.Autosize>
    </Modal>
  );
}
