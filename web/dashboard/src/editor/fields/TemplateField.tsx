/** Fields that hold texts with placeholders. */

import { Anchor, Text } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { useStore } from "../store";
import { unknownIn } from "../templates/placeholders";
import { TemplateInput } from "../templates/TemplateInput";
import { useField, useStepForm } from "./context";
import { Labelled } from "./Labelled";
import { fieldTexts } from "./texts";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly singleLine?: boolean;
  readonly placeholder?: string;
}

/** A text in which `{{` completes. */
export function TemplateField({ name, label, hint, required, singleLine, placeholder }: Props) {
  const field = useField(name, required);
  const text = typeof field.value === "string" || typeof field.value === "number" ? String(field.value) : "";
  return (
    <Labelled name={name} label={label} hint={hint} required={required} error={field.error}>
      {describedBy => (
        <TemplateText
          label={label}
          value={text}
          onChange={field.set}
          singleLine={singleLine}
          invalid={field.error !== null}
          placeholder={placeholder}
          describedBy={describedBy}
        />
      )}
    </Labelled>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly singleLine?: boolean;
  readonly invalid?: boolean;
  readonly placeholder?: string;
  readonly describedBy?: string;
}

/** The input alone, with what is unknown in it and a way to declare that. */
export function TemplateText(props: TextProps) {
  const { known, locked } = useStepForm();
  return (
    <>
      <TemplateInput {...props} known={known} readOnly={locked} />
      <Unknown text={props.value} />
    </>
  );
}

/** What a text names that its step does not know. */
export function Unknown({ text }: { text: string }) {
  const say = useTexts(fieldTexts);
  const { known, locked } = useStepForm();
  const { scope, declare } = useStore(known, all => all);
  return unknownIn(text, scope).map(name => (
    <Text key={name} fz="xs" c="dimmed" mt={4}>
      {say("notKnown", { name })}{" "}
      {!locked && name !== "secrets" && (
        <Anchor component="button" type="button" fz="xs" onClick={() => declare(name)}>
          {say("declareIt")}
        </Anchor>
      )}
    </Text>
  ));
}
