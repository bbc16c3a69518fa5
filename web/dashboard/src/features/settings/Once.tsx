import { Button, CopyButton, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { ui } from "../../ui/texts";
import classes from "./Once.module.css";

interface Props {
  readonly label: string;
  readonly value: string;
  /** What the button says. */
  readonly copy: string;
}

/** A text that is shown this once, with a button that copies it. */
export function Once({ label, value, copy }: Props) {
  const say = useTexts(ui);
  return (
    <div className={classes.row}>
      <TextInput
        label={label}
        value={value}
        readOnly
        classNames={{ input: classes.value }}
        onFocus={event => event.currentTarget.select()}
        flex={1}
      />
      <CopyButton value={value} timeout={2000}>
        {({ copied, copy: run }) => (
          <Button
            onClick={run}
            variant={copied ? "light" : "filled"}
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            data-autofocus
          >
            <span aria-live="polite">{copied ? say("copied") : copy}</span>
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
