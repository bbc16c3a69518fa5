import { Group, Input, SegmentedControl, Stack, Text } from "@mantine/core";
import { useTexts } from "../../../i18n/language";
import { CodeEditor } from "../../../ui/Code";
import { templateCompletion } from "../completion";
import { useEditing, useRequest } from "../editing";
import { Pairs } from "../fields/Pairs";
import { JsonTemplate } from "./JsonTemplate";
import { tabs } from "./texts";

type BodyKind = "none" | "json" | "form" | "text";

/** What a request sends: JSON, a form, a text, or nothing. */
export function Body() {
  const say = useTexts(tabs);
  const { locked, nameable, problem } = useEditing();
  const [request, set] = useRequest();
  const kind = kindOf(request);
  const choose = (chosen: string) => {
    const text = request.body ?? request.text ?? "";
    set({
      body: chosen === "json" ? text || "{\n  \n}" : null,
      text: chosen === "text" ? text : null,
      form: chosen === "form" ? { ...request.form, ...(Object.keys(request.form ?? {}).length ? {} : { "": "" }) } : {},
    });
  };
  if ((request.method ?? "GET") === "GET" && kind === "none") {
    return (
      <Text fz="sm" c="dimmed">
        {say("noBody")}
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Input.Label id="body-kind">{say("bodyKind")}</Input.Label>
        <SegmentedControl
          size="xs"
          aria-labelledby="body-kind"
          value={kind}
          onChange={choose}
          disabled={locked}
          data={[
            { value: "none", label: say("bodyNone") },
            { value: "json", label: say("bodyJson") },
            { value: "form", label: say("bodyForm") },
            { value: "text", label: say("bodyText") },
          ]}
        />
      </Group>
      {kind === "json" && (
        <JsonTemplate
          label={say("bodyKind")}
          hint={say("bodyHint")}
          value={request.body ?? ""}
          onChange={body => set({ body })}
          error={problem("request.body")}
        />
      )}
      {kind === "form" && (
        <Pairs title={say("formFields")} values={request.form} onChange={form => set({ form: orNothing(form) })} />
      )}
      {kind === "text" && (
        <CodeEditor
          label={say("bodyKind")}
          language="text"
          value={request.text ?? ""}
          onChange={text => set({ text })}
          readOnly={locked}
          complete={templateCompletion(nameable)}
        />
      )}
    </Stack>
  );
}

function kindOf(request: { body?: string | null; text?: string | null; form?: object }): BodyKind {
  if (typeof request.body === "string") return "json";
  if (typeof request.text === "string") return "text";
  return request.form && Object.keys(request.form).length ? "form" : "none";
}

/** A form that has lost its last field stays a form while it is edited. */
function orNothing(form: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.keys(form).length ? form : { "": "" };
}
