import { Text } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import type { StepUi } from "./kind";
import { stepTexts } from "./texts";

/** Ends the run as completed. */
export const end: StepUi<"end"> = {
  icon: IconFlag,
  colour: "orange",
  group: "finish",
  label: "end",
  about: "endAbout",
  sample: () => ({ id: "done", kind: "end" }),
  summary: () => "",
  exits: () => [],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  return <Text fz="sm">{say("endAbout")}</Text>;
}
