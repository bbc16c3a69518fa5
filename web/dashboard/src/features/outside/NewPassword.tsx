import { PasswordInput } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { outside } from "./texts";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
}

/** A password to choose; the rule stands below it before anybody breaks it. */
export function NewPassword({ label, value, set }: Props) {
  const say = useTexts(outside);
  return (
    <PasswordInput
      label={label}
      description={say("passwordHint")}
      autoComplete="new-password"
      maxLength={500}
      value={value}
      onChange={event => set(event.currentTarget.value)}
      visibilityToggleButtonProps={{ "aria-label": say("show") }}
    />
  );
}
