import type { Approval, EditableValue } from "@deskhand/contract";
import {
  Alert,
  Button,
  Divider,
  Group,
  Modal,
  PasswordInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Problem } from "../../api/problem";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { ui } from "../../ui/texts";
import { ChangeLine } from "./CardParts";
import { changed, initial } from "./shared";
import { approvals } from "./texts";

interface Props {
  readonly approval: Approval;
  readonly close: () => void;
  /** What it throws is shown here, beside its field where it has one, and what was typed stays. */
  readonly approve: (values: Record<string, string | null>) => Promise<unknown>;
}

/** The values that the request was made of, to be changed before it is approved. */
export function EditDialog({ approval, close, approve }: Props) {
  const say = useTexts(approvals);
  const common = useTexts(ui);
  const { editable, asks_again, description } = approval.card;
  const [form, setForm] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(editable.map(one => [one.name, initial(one)])),
  );
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const changes = changed(editable, form);
  const anything = Object.keys(changes).length > 0;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!anything || busy) return;
    setBusy(true);
    setError(null);
    try {
      await approve(changes);
      close();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} size="lg" title={<Text fw={650}>{say("editTitle", { what: description })}</Text>}>
      <form onSubmit={event => void send(event)}>
        <Stack>
          <Text fz="sm" c="dimmed">
            {editable.length ? say("editLead") : say("cannotEdit")}
          </Text>
          {asks_again && <Note text={say("editAsks")} />}
          {approval.four_eyes && <Note text={say("editFourEyes")} />}
          {editable.map((one, at) => (
            <Field
              key={one.name}
              value={one}
              text={form[one.name] ?? ""}
              first={at === 0}
              problem={problemOf(error, one.name)}
              change={text => setForm(before => ({ ...before, [one.name]: text }))}
            />
          ))}
          {elsewhere(error, editable) && <ErrorNote error={error} />}
          <Divider label={say("changes")} labelPosition="left" />
          <div aria-live="polite">
            {anything ? (
              editable
                .filter(one => one.name in changes)
                .map(one => (
                  <ChangeLine
                    key={one.name}
                    label={one.label}
                    before={one.sensitive ? say("hidden") : one.value}
                    after={one.sensitive ? say("hidden") : changes[one.name]}
                  />
                ))
            ) : (
              <Text fz="sm" c="dimmed">
                {say("changesNone")}
              </Text>
            )}
          </div>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" color="green" loading={busy} disabled={!anything}>
              {say(approval.four_eyes ? "saveEdited" : "approveEdited")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Note({ text }: { text: string }) {
  return (
    <Alert color="blue" py="xs" icon={<IconInfoCircle size={18} />}>
      {text}
    </Alert>
  );
}

interface FieldProps {
  readonly value: EditableValue;
  readonly text: string;
  readonly first: boolean;
  readonly problem: string | undefined;
  readonly change: (text: string) => void;
}

/** A field that suits the value's type; the server says what does not fit. */
function Field({ value, text, first, problem, change }: FieldProps) {
  const say = useTexts(approvals);
  const common = {
    label: value.required ? value.label : `${value.label} (${say("optional")})`,
    description: value.description || undefined,
    error: problem,
    "data-autofocus": first || undefined,
  };
  if (value.sensitive) {
    return (
      <PasswordInput
        {...common}
        value={text}
        placeholder={say("unchangedSecret")}
        onChange={event => change(event.currentTarget.value)}
        autoComplete="off"
      />
    );
  }
  if (value.choices.length || value.type === "boolean") {
    const choices = value.choices.length
      ? value.choices
      : [
          { value: "true", label: say("yes") },
          { value: "false", label: say("no") },
        ];
    return (
      <Select
        {...common}
        data={choices}
        value={text || null}
        onChange={chosen => change(chosen ?? "")}
        allowDeselect={!value.required}
        clearable={!value.required}
      />
    );
  }
  if (value.type === "json" || (value.type === "text" && text.length > 60)) {
    return (
      <Textarea {...common} value={text} onChange={event => change(event.currentTarget.value)} autosize maxRows={8} />
    );
  }
  return (
    <TextInput
      {...common}
      value={text}
      type={INPUTS[value.type] ?? "text"}
      inputMode={NUMERIC.has(value.type) ? "decimal" : undefined}
      maxLength={value.max_length ?? undefined}
      onChange={event => change(event.currentTarget.value)}
    />
  );
}

const NUMERIC: ReadonlySet<string> = new Set(["number", "integer", "float"]);
const INPUTS: Readonly<Record<string, string>> = { date: "date", phone: "tel" };

function problemOf(error: unknown, name: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  return error.problems.find(one => one.field === name)?.message;
}

/** Whether something is wrong that stands at no field. */
function elsewhere(error: unknown, editable: readonly EditableValue[]): boolean {
  if (error === null) return false;
  if (!(error instanceof Problem) || !error.problems.length) return true;
  return error.problems.some(problem => !editable.some(one => one.name === problem.field));
}
