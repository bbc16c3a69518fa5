import { Group, Input } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly error?: ReactNode;
  readonly required?: boolean;
  /** Where a problem's place leads to. */
  readonly name: string;
  readonly beside?: ReactNode;
  readonly children: (describedBy: string) => ReactNode;
}

/** Label, hint and error around something that is no plain input; it is named and described for screen readers. */
export function Labelled({ label, hint, error, required, name, beside, children }: Props) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings looks of its own
    <div data-field={name} role="group" aria-label={label}>
      <Group justify="space-between" gap={8} wrap="nowrap">
        <Input.Label component="div" labelElement="div" required={required}>
          {label}
        </Input.Label>
        {beside}
      </Group>
      {hint && <Input.Description mb={4}>{hint}</Input.Description>}
      {children(id)}
      <div id={id}>{error && <Input.Error mt={4}>{error}</Input.Error>}</div>
    </div>
  );
}
