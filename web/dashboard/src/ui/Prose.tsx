import { Code } from "@mantine/core";
import { Fragment, type ReactNode } from "react";

/** A sentence as people read it: it begins with a capital, and what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return whole.split("`").map((part, at) =>
    at % 2 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same name may stand there twice
      <Code key={at}>{part}</Code>
    ) : (
      part
    ),
  );
}

/** Several such sentences, one after the other; null where there is none. */
export function prose(sentences: readonly string[]): ReactNode {
  if (sentences.length === 0) return null;
  return sentences.map((one, at) => (
    <Fragment key={one}>
      {at > 0 && " "}
      <Prose text={one} />
    </Fragment>
  ));
}
