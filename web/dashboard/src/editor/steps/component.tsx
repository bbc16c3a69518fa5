import { SegmentedControl } from "@mantine/core";
import { IconLayoutBoard } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import {
  Inside,
  JsonField,
  PlainField,
  ResponseVariableField,
  SayField,
  TemplateField,
  useField,
  useStepForm,
} from "../fields";
import type { StepOf, StepUi } from "./kind";
import { Pages } from "./pages";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

type Shown = StepOf<"component">["component"];
type ShownKind = Shown["kind"];

/** What each kind of component begins with. */
const BEGUN: { readonly [K in ShownKind]: Readonly<Record<string, unknown>> } = {
  video: { kind: "video", url: "https://", title: "" },
  image: { kind: "image", url: "https://", alt: "" },
  flow: { kind: "flow", pages: [{ title: "" }] },
  element: { kind: "element", name: "" },
};
const KINDS = Object.keys(BEGUN) as readonly ShownKind[];

/** Shows a film, a picture, pages to go through, or an element of the host page. */
export const component: StepUi<"component"> = {
  icon: IconLayoutBoard,
  colour: "blue",
  group: "talk",
  label: "component",
  about: "componentAbout",
  sample: () => ({ id: "show", kind: "component", component: BEGUN.video as never }),
  summary: (step, say) => [kindName(step.component, say), titleOf(step.component)].filter(Boolean).join(": "),
  exits: () => ["next"],
  Main,
  more: [{ label: "moreResult", Fields: ResponseVariableField }],
};

function kindName(shown: Partial<Shown> | undefined, say: Parameters<typeof component.summary>[1]): string {
  return shown?.kind && shown.kind in BEGUN ? say(`component_${shown.kind}`) : "";
}

/** What a component is called, as far as it was written. */
function titleOf(shown: Partial<Shown> | undefined): string {
  switch (shown?.kind) {
    case "video":
      return oneLine(shown.title);
    case "image":
      return oneLine(shown.alt);
    case "flow":
      return (shown.pages ?? [])
        .map(page => oneLine(page?.title))
        .filter(Boolean)
        .join(" → ");
    case "element":
      return shown.name ?? "";
    default:
      return "";
  }
}

function Main() {
  const say = useTexts(stepTexts);
  const { locked } = useStepForm();
  const field = useField("component", true);
  const kind = kindOf(field.value);
  return (
    <>
      <SayField name="text" label={say("componentText")} />
      <SegmentedControl
        aria-label={say("componentWhich")}
        data={KINDS.map(value => ({ value, label: say(`component_${value}`) }))}
        value={kind}
        readOnly={locked}
        onChange={value => value !== kind && field.set(BEGUN[value as ShownKind])}
        fullWidth
      />
      <Inside name="component">
        <Details kind={kind} />
      </Inside>
    </>
  );
}

function kindOf(value: unknown): ShownKind {
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  return KINDS.find(one => one === kind) ?? "video";
}

function Details({ kind }: { kind: ShownKind }) {
  const say = useTexts(stepTexts);
  switch (kind) {
    case "video":
      return (
        <>
          <TemplateField name="url" label={say("componentUrl")} hint={say("videoUrlHint")} required singleLine />
          <SayField name="title" label={say("videoTitle")} required singleLine />
          <TemplateField name="captions" label={say("videoCaptions")} hint={say("videoCaptionsHint")} singleLine />
        </>
      );
    case "image":
      return (
        <>
          <TemplateField name="url" label={say("componentUrl")} hint={say("componentUrlHint")} required singleLine />
          <SayField name="alt" label={say("imageAlt")} hint={say("imageAltHint")} required singleLine />
        </>
      );
    case "flow":
      return (
        <>
          <Pages />
          <SayField name="submit" label={say("flowSubmit")} singleLine />
        </>
      );
    case "element":
      return (
        <>
          <PlainField name="name" label={say("elementName")} hint={say("elementNameHint")} required mono />
          <JsonField name="properties" label={say("elementProperties")} hint={say("elementPropertiesHint")} />
        </>
      );
  }
}
