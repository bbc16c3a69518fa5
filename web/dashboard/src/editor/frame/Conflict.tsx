/** Somebody else saved meanwhile: both versions, and what shall become of them. */

import type { Procedure } from "@deskhand/contract";
import { type Merged, merge } from "@deskhand/flow";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { lazy, Suspense, useMemo } from "react";
import { useTexts } from "../../i18n/language";
import { Ago } from "../../ui/time";
import { useDraft, useDraftState } from "../context";
import { editor } from "../texts";

const Difference = lazy(() => import("./Difference"));

export function Conflict({ close }: { close: () => void }) {
  const save = useDraftState(state => state.save);
  return save.kind === "conflict" ? <Choice theirs={save.theirs} close={close} /> : null;
}

function Choice({ theirs, close }: { theirs: Procedure; close: () => void }) {
  const say = useTexts(editor);
  const draft = useDraft();
  const mine = useDraftState(state => state.document);
  const yaml = useDraftState(state => state.yaml);
  const merged = useMemo<Merged>(() => merge(draft.base, mine, theirs.document), [draft, mine, theirs]);
  const clashes = merged.clashes.map(one => one.name).join(", ");
  const done = (act: () => void) => () => {
    act();
    close();
  };
  const takeTheirs = () => {
    void navigator.clipboard?.writeText(yaml).catch(() => {}); // undo brings it back all the same
    draft.adopt(theirs);
  };
  const who = theirs.saved_by ?? say("somebody");
  const [before, after] = say("conflictText", { who, when: "\u0000" }).split("\u0000");
  return (
    <Modal opened onClose={close} size="xl" title={<Text fw={650}>{say("conflictTitle")}</Text>}>
      <Stack>
        <Text fz="sm" component="div">
          {before}
          <Ago at={theirs.saved_at} />
          {after}
        </Text>
        <Suspense>
          <Difference
            theirs={theirs.yaml ?? JSON.stringify(theirs.document, null, 2)}
            mine={yaml}
            titles={[say("conflictTheirsTitle"), say("conflictMineTitle")]}
          />
        </Suspense>
        <Text fz="sm" c="dimmed">
          {clashes ? say("conflictClash", { names: clashes }) : say("conflictMergeHint")}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={close}>
            {say("conflictLater")}
          </Button>
          <Button variant="default" title={say("conflictTheirsHint")} onClick={done(takeTheirs)}>
            {say("conflictTheirs")}
          </Button>
          <Button variant="default" title={say("conflictMineHint")} onClick={done(() => draft.adopt(theirs, mine))}>
            {say("conflictMine")}
          </Button>
          <Button data-autofocus onClick={done(() => draft.adopt(theirs, merged.doc))}>
            {say("conflictMerge")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
