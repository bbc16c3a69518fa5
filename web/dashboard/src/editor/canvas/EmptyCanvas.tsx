/** A canvas without a step, which says how to begin. */

import { Button, Group, Paper, Text } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { useActions, type Where } from "../actions";
import { useLocked } from "../context";
import { STEPS, stepTexts } from "../steps";
import { editor } from "../texts";
import classes from "./Canvas.module.css";

const FIRST = ["collect", "message", "call"] as const;

export function EmptyCanvas({ choose }: { choose: (where: Where) => void }) {
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  const actions = useActions();
  const locked = useLocked();
  return (
    <div className={classes.empty}>
      <Paper p="lg" radius="lg" withBorder maw={400} ta="center">
        <Text fw={650}>{say("emptyCanvas")}</Text>
        <Text fz="sm" c="dimmed" mt={4}>
          {say(locked ? "emptyCanvasRead" : "emptyCanvasHint")}
        </Text>
        {!locked && (
          <Group justify="center" gap="xs" mt="md">
            {FIRST.map(kind => {
              const { icon: Icon, label } = STEPS[kind];
              return (
                <Button
                  key={kind}
                  size="xs"
                  variant="default"
                  leftSection={<Icon size={15} />}
                  onClick={() => actions.add(kind)}
                >
                  {sayStep(label)}
                </Button>
              );
            })}
            <Button size="xs" variant="subtle" onClick={() => choose({})}>
              {say("more")}
            </Button>
          </Group>
        )}
      </Paper>
    </div>
  );
}
