import { Button, Code, CopyButton, Group } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/language";
import classes from "./Snippet.module.css";
import { ui } from "./texts";

interface Props {
  /** What stands above it: its name, or a choice of others. */
  readonly above: ReactNode;
  /** What the button says. */
  readonly copy: string;
  readonly code: string;
  /** Whether long lines are wrapped; otherwise they scroll. */
  readonly wrap?: boolean;
}

/** A piece of code to be put somewhere else, with a button that copies it. */
export function Snippet({ above, copy, code, wrap }: Props) {
  const say = useTexts(ui);
  return (
    <div>
      <Group gap="xs" justify="space-between" align="flex-end" mb={6}>
        <div className={classes.above}>{above}</div>
        <CopyButton value={code} timeout={2000}>
          {({ copied, copy: run }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={run}
            >
              <span aria-live="polite">{copied ? say("copied") : copy}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block className={classes.code} data-wrap={wrap || undefined} tabIndex={0}>
        {code}
      </Code>
    </div>
  );
}
