import { IconSubtask } from "@tabler/icons-react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { useDraftState } from "../context";
import { ChoiceField, fieldTexts, PairsField, SwitchField } from "../fields";
import type { StepUi } from "./kind";
import { stepTexts } from "./texts";

/** Runs another procedure and comes back. */
export const procedure: StepUi<"procedure"> = {
  icon: IconSubtask,
  colour: "grape",
  group: "decide",
  label: "procedure",
  about: "procedureAbout",
  sample: () => ({ id: "run_other", kind: "procedure", procedure: "" }),
  summary: step => step.procedure ?? "",
  exits: () => ["next"],
  Main,
  more: [{ label: "moreResult", Fields: More }],
};

function Main() {
  const say = useTexts(stepTexts);
  const sayField = useTexts(fieldTexts);
  const slug = useDraftState(state => state.slug);
  const { data } = $api.useQuery(
    "get",
    "/v1/procedures",
    { params: { query: { status: "active" } } },
    { staleTime: 30_000 },
  );
  const others = (data?.items ?? []).filter(one => one.slug !== slug);
  return (
    <>
      <ChoiceField
        name="procedure"
        label={say("procedureWhich")}
        required
        options={others.map(one => ({ value: one.slug, label: one.name }))}
        otherwise={sayField("choose")}
        search
      />
      <PairsField
        name="arguments"
        label={say("arguments")}
        hint={say("procedureArgumentsHint")}
        nameLabel={say("procedureTheirs")}
        valueLabel={sayField("value")}
      />
      <PairsField
        name="outputs"
        label={say("procedureOutputs")}
        hint={say("procedureOutputsHint")}
        nameLabel={say("procedureHere")}
        valueLabel={say("procedureTheirs")}
      />
    </>
  );
}

function More() {
  const say = useTexts(stepTexts);
  return <SwitchField name="passes_on" label={say("procedurePassesOn")} hint={say("procedurePassesOnHint")} />;
}
