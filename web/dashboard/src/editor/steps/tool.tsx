import { IconTool } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import {
  ApprovalFields,
  CodeField,
  ComparisonsField,
  ConnectionField,
  fieldTexts,
  JsonField,
  NumberField,
  OutcomeFields,
  PlainField,
  ResponseVariableField,
  SwitchField,
} from "../fields";
import { gatedExits } from "./exitLabel";
import type { StepUi } from "./kind";
import { stepTexts } from "./texts";

/** Calls a tool of an MCP server. */
export const tool: StepUi<"tool"> = {
  icon: IconTool,
  colour: "teal",
  group: "act",
  label: "tool",
  about: "toolAbout",
  sample: () => ({ id: "use_tool", kind: "tool", connection: "", tool: "", response_variable: "result" }),
  summary: step => [step.connection, step.tool].filter(Boolean).join(" · "),
  exits: gatedExits,
  Main,
  more: [
    { label: "moreApproval", Fields: ApprovalFields },
    { label: "moreAnswer", Fields: Answer },
  ],
};

function Main() {
  const say = useTexts(stepTexts);
  return (
    <>
      <ConnectionField required mcp />
      <PlainField name="tool" label={say("toolName")} required mono />
      <CodeField name="arguments" label={say("arguments")} hint={say("jsonTemplate")} language="json" template />
      <ResponseVariableField />
    </>
  );
}

function Answer() {
  const say = useTexts(stepTexts);
  const sayField = useTexts(fieldTexts);
  return (
    <>
      <SwitchField name="read_only" label={sayField("readOnly")} hint={sayField("readOnlyHint")} />
      <SwitchField name="idempotent" label={sayField("idempotent")} hint={sayField("idempotentHint")} />
      <NumberField name="timeout" label={sayField("timeout")} byDefault={30} min={0.1} max={120} />
      <JsonField name="sample_response" label={say("sampleResponse")} hint={say("sampleResponseHint")} />
      <ComparisonsField name="success" label={say("success")} hint={say("successToolHint")} />
      <CodeField name="transform" label={say("transform")} hint={say("transformHint")} language="javascript" />
      <OutcomeFields />
    </>
  );
}
