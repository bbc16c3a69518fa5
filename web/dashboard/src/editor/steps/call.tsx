import { setFields } from "@deskhand/flow";
import { SegmentedControl } from "@mantine/core";
import { IconWorldUpload } from "@tabler/icons-react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { useDraft } from "../context";
import {
  ApprovalFields,
  ChoiceField,
  CodeField,
  ComparisonsField,
  fieldTexts,
  JsonField,
  OutcomeFields,
  PairsField,
  RequestDetails,
  RequestFields,
  ResponseVariableField,
  useStepForm,
} from "../fields";
import { gatedExits } from "./exitLabel";
import type { StepUi } from "./kind";
import { stepTexts } from "./texts";

/** Sends an HTTP request, or uses an action of the workspace. */
export const call: StepUi<"call"> = {
  icon: IconWorldUpload,
  colour: "teal",
  group: "act",
  label: "call",
  about: "callAbout",
  sample: () => ({ id: "look_up", kind: "call", method: "GET", url: "", response_variable: "result" }),
  summary: (step, say) =>
    step.action ? say("callAction", { action: step.action }) : `${step.method ?? "GET"} ${step.url ?? ""}`,
  exits: gatedExits,
  Main,
  more: [
    { label: "moreApproval", Fields: ApprovalFields },
    { label: "moreRequest", Fields: Details },
    { label: "moreAnswer", Fields: Answer },
  ],
};

/** What an action says itself: with one, none of these may be there. */
const OWN = [
  "url",
  "method",
  "connection",
  "headers",
  "query",
  "body",
  "form",
  "text",
  "auth",
  "read_only",
  "idempotent",
] as const;
const MORE_OWN = ["idempotency_header", "timeout", "definite_statuses", "success", "messages", "transform"] as const;

function Main() {
  const say = useTexts(stepTexts);
  const { step, locked } = useStepForm();
  const draft = useDraft();
  const byAction = step.action !== undefined && step.action !== null;
  const choose = (which: string) => {
    const gone = Object.fromEntries([...OWN, ...MORE_OWN].map(name => [name, undefined]));
    const fields = which === "action" ? { ...gone, action: "" } : { action: undefined, arguments: undefined, url: "" };
    draft.edit(document => setFields(document, step.id, fields));
  };
  return (
    <>
      <SegmentedControl
        aria-label={say("callWhat")}
        data={[
          { value: "request", label: say("callRequest") },
          { value: "action", label: say("callNamed") },
        ]}
        value={byAction ? "action" : "request"}
        readOnly={locked}
        onChange={choose}
        fullWidth
      />
      {byAction ? <ActionChoice /> : <RequestFields />}
      <ResponseVariableField />
    </>
  );
}

function ActionChoice() {
  const say = useTexts(stepTexts);
  const sayField = useTexts(fieldTexts);
  const { data } = $api.useQuery("get", "/v1/actions", {}, { staleTime: 30_000 });
  const options = (data?.items ?? []).map(one => ({ value: String(one.slug), label: String(one.name ?? one.slug) }));
  return (
    <>
      <ChoiceField
        name="action"
        label={say("callNamed")}
        required
        options={options}
        otherwise={sayField("choose")}
        search
      />
      <PairsField
        name="arguments"
        label={say("arguments")}
        hint={say("argumentsHint")}
        nameLabel={sayField("name")}
        valueLabel={sayField("value")}
      />
    </>
  );
}

function Details() {
  const say = useTexts(stepTexts);
  const { step } = useStepForm();
  return step.action === undefined || step.action === null ? <RequestDetails /> : say("actionSays");
}

function Answer() {
  const say = useTexts(stepTexts);
  const { step } = useStepForm();
  const byAction = step.action !== undefined && step.action !== null;
  return (
    <>
      <JsonField name="sample_response" label={say("sampleResponse")} hint={say("sampleResponseHint")} />
      {!byAction && (
        <>
          <ComparisonsField name="success" label={say("success")} hint={say("successHint")} />
          <CodeField name="transform" label={say("transform")} hint={say("transformHint")} language="javascript" />
        </>
      )}
      <OutcomeFields />
    </>
  );
}
