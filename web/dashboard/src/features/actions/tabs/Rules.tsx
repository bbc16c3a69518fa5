import {
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useTexts } from "../../../i18n/language";
import { useActions, useEditing, useRequest } from "../editing";
import { Comparisons } from "../fields/Comparisons";
import { Pairs } from "../fields/Pairs";
import { Part } from "../fields/Part";
import { WordsInput } from "../fields/WordsInput";
import { type Doc, reaches, requestOf } from "../model";
import { CONTEXT } from "../templates";
import { Preconditions } from "./Preconditions";
import { rules } from "./ruleTexts";

/** When the action may be used, who has to agree, and what is known of repeating it. */
export function Rules() {
  const say = useTexts(rules);
  const { doc, set, locked, problem } = useEditing();
  const names = (doc.variables ?? []).map(one => one.name);
  return (
    <Stack gap="xl" maw={900}>
      <Part title={say("pre")} hint={say("preHint")}>
        <Preconditions />
      </Part>
      <Part title={say("whenNot")} hint={say("whenNotHint")}>
        <Textarea
          aria-label={say("whenNot")}
          placeholder={say("whenNotExample")}
          autosize
          minRows={2}
          value={doc.when_not_to_use ?? ""}
          onChange={event => set({ when_not_to_use: event.currentTarget.value })}
          error={problem("when_not_to_use")}
          disabled={locked}
        />
      </Part>
      <Part title={say("skip")} hint={say("skipHint")}>
        <Comparisons
          label={say("skip")}
          values={doc.skip_when}
          onChange={skip_when => set({ skip_when })}
          paths={[...names, ...CONTEXT]}
        />
      </Part>
      <People />
      {requestOf(doc) && <Sending />}
      {reaches(doc) && doc.kind !== "javascript" && <ReadBackPart />}
    </Stack>
  );
}

function People() {
  const say = useTexts(rules);
  const { doc, set, locked } = useEditing();
  return (
    <Part title={say("people")}>
      <Switch
        label={say("irreversible")}
        description={say("irreversibleHint")}
        checked={doc.irreversible ?? false}
        onChange={event => set({ irreversible: event.currentTarget.checked })}
        disabled={locked}
      />
      <NativeSelect
        label={say("approval")}
        data={(["auto", "notify", "require"] as const).map(one => ({ value: one, label: say(one) }))}
        value={doc.irreversible ? "require" : (doc.approval ?? "auto")}
        onChange={event => set({ approval: event.currentTarget.value as Doc["approval"] })}
        disabled={locked || doc.irreversible}
        maw={360}
      />
      <WordsInput
        label={say("confirm")}
        description={say("confirmHint")}
        value={doc.confirm}
        onChange={confirm => set({ confirm })}
      />
    </Part>
  );
}

function Sending() {
  const say = useTexts(rules);
  const { locked, problem } = useEditing();
  const [request, set] = useRequest();
  const method = request.method ?? "GET";
  const three = (key: "read_only" | "idempotent", usual: boolean) => (
    <NativeSelect
      label={say(key === "read_only" ? "readOnly" : "idempotent")}
      data={[
        { value: "", label: say("byMethod", { answer: say(usual ? "yes" : "no") }) },
        { value: "yes", label: say("yes") },
        { value: "no", label: say("no") },
      ]}
      value={request[key] === true ? "yes" : request[key] === false ? "no" : ""}
      onChange={event => {
        const chosen = event.currentTarget.value;
        set({ [key]: chosen === "" ? null : chosen === "yes" });
      }}
      disabled={locked}
    />
  );
  return (
    <Part title={say("sending")}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {three("read_only", method === "GET")}
        {three("idempotent", ["GET", "PUT", "DELETE"].includes(method))}
        <TextInput
          label={say("idempotencyHeader")}
          placeholder="Idempotency-Key"
          value={request.idempotency_header ?? ""}
          onChange={event => set({ idempotency_header: event.currentTarget.value })}
          error={problem("request.idempotency_header")}
          disabled={locked}
        />
        <NumberInput
          label={say("timeout")}
          suffix=" s"
          min={1}
          max={120}
          value={request.timeout ?? 30}
          onChange={given => set({ timeout: Number(given) || 30 })}
          error={problem("request.timeout")}
          disabled={locked}
        />
      </SimpleGrid>
      <TagsInput
        label={say("definite")}
        description={say("definiteHint")}
        value={(request.definite_statuses ?? []).map(String)}
        onChange={given => set({ definite_statuses: given.map(Number).filter(one => one >= 500 && one < 600) })}
        disabled={locked}
        acceptValueOnBlur
        maw={420}
      />
    </Part>
  );
}

function ReadBackPart() {
  const say = useTexts(rules);
  const { doc, set, locked, problem } = useEditing();
  const others = useActions().filter(one => one.slug !== doc.slug);
  const back = doc.read_back;
  const paths = ["response.status", "response.refunded", "status"];
  const choose = (action: string) =>
    set({
      read_back: action
        ? { happened: [{ variable: "response.status", operator: "equals", value: "" }], ...back, action }
        : null,
    });
  return (
    <Part title={say("readBack")} hint={say("readBackHint")}>
      <NativeSelect
        label={say("readBackAction")}
        data={[{ value: "", label: say("readBackNone") }, ...others.map(one => ({ value: one.slug, label: one.name }))]}
        value={back?.action ?? ""}
        onChange={event => choose(event.currentTarget.value)}
        error={problem("read_back.action")}
        disabled={locked}
        maw={420}
      />
      {back && (
        <>
          <Pairs
            title={say("arguments")}
            hint={say("argumentsHint")}
            values={back.arguments}
            onChange={given => set({ read_back: { ...back, arguments: given } })}
          />
          <Text fz="sm" fw={500}>
            {say("happened")}
          </Text>
          <Comparisons
            label={say("happened")}
            values={back.happened}
            onChange={happened => set({ read_back: { ...back, happened } })}
            paths={paths}
          />
          <Text fz="sm" fw={500}>
            {say("notHappened")}
          </Text>
          <Comparisons
            label={say("notHappened")}
            values={back.not_happened}
            onChange={not_happened => set({ read_back: { ...back, not_happened } })}
            paths={paths}
          />
        </>
      )}
    </Part>
  );
}
