import { setFields } from "@deskhand/flow";
import { Select } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { useDraft } from "../context";
import { ApprovalFields, Inside, PairsField, TemplateField, useField, useStepForm } from "../fields";
import { gatedExits } from "./exitLabel";
import type { StepOf, StepUi } from "./kind";
import { stepTexts } from "./texts";

type InternalAction = StepOf<"internal">["action"];

/** The parameters of each, the required ones marked. */
const PARAMETERS: { readonly [A in InternalAction]: readonly (readonly [name: ParameterName, required: boolean])[] } = {
  create_ticket: [
    ["subject", true],
    ["description", false],
    ["email", false],
    ["name", false],
    ["priority", false],
  ],
  create_lead: [
    ["email", true],
    ["name", false],
    ["phone", false],
    ["company", false],
    ["message", false],
  ],
  send_email: [
    ["to", true],
    ["subject", true],
    ["body", true],
  ],
  resolve_session: [],
  tag_session: [["tag", true]],
};
const NAMES = [
  "subject",
  "description",
  "email",
  "name",
  "priority",
  "phone",
  "company",
  "message",
  "to",
  "body",
  "tag",
] as const;
type ParameterName = (typeof NAMES)[number];
const LONG: readonly string[] = ["description", "message", "body"];

/** Does something in Deskhand itself, or sends an e-mail. */
export const internal: StepUi<"internal"> = {
  icon: IconBuildingStore,
  colour: "teal",
  group: "act",
  label: "internal",
  about: "internalAbout",
  sample: say => ({
    id: "open_ticket",
    kind: "internal",
    action: "create_ticket",
    parameters: { subject: say("internalSample") },
  }),
  summary: (step, say) => {
    const { subject, tag, email, to } = step.parameters ?? {};
    const what = step.action && step.action in PARAMETERS ? say(`do_${step.action}`) : "";
    return [what, subject ?? tag ?? to ?? email].filter(Boolean).join(": ");
  },
  exits: gatedExits,
  Main,
  more: [
    { label: "moreApproval", Fields: ApprovalFields },
    { label: "moreParameters", Fields: Parameters },
  ],
};

function Main() {
  const say = useTexts(stepTexts);
  const { step, locked } = useStepForm();
  const draft = useDraft();
  const field = useField("action", true);
  const action = field.value as InternalAction;
  const choose = (chosen: string | null) => {
    const kept = Object.entries((step.parameters ?? {}) as Record<string, unknown>);
    const fitting = kept.filter(([name]) => PARAMETERS[chosen as InternalAction].some(([one]) => one === name));
    draft.edit(document => setFields(document, step.id, { action: chosen, parameters: Object.fromEntries(fitting) }));
  };
  return (
    <>
      <Select
        data-field="action"
        label={say("internalAction")}
        withAsterisk
        data={(Object.keys(PARAMETERS) as InternalAction[]).map(one => ({ value: one, label: say(`do_${one}`) }))}
        value={action}
        allowDeselect={false}
        readOnly={locked}
        error={field.error}
        onChange={choose}
      />
      <Inside name="parameters">
        {(PARAMETERS[action] ?? []).map(([name, required]) => (
          <TemplateField
            key={`${action} ${name}`}
            name={name}
            label={say(`parameter_${name}`)}
            hint={name === "priority" ? "LOW, MEDIUM, HIGH, URGENT" : undefined}
            required={required}
            singleLine={!LONG.includes(name)}
          />
        ))}
      </Inside>
    </>
  );
}

/** All of them by name: what the action does not know is shown here too, and can be taken away. */
function Parameters() {
  const say = useTexts(stepTexts);
  return (
    <PairsField
      name="parameters"
      label={say("parameters")}
      nameLabel={say("parameterName")}
      valueLabel={say("parameterValue")}
      offered={NAMES}
    />
  );
}
