/** Two texts beside each other, what differs marked. */

import { yaml } from "@codemirror/lang-yaml";
import { MergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { Group, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTheme } from "../useTheme";
import classes from "./Editor.module.css";

interface Props {
  readonly theirs: string;
  readonly mine: string;
  readonly titles: readonly [theirs: string, mine: string];
}

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

export default function Difference({ theirs, mine, titles }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const dark = useTheme();
  const [left, right] = titles;
  useEffect(() => {
    if (!host.current) return;
    const shown = (label: string): Extension => [
      nonce ? EditorView.cspNonce.of(nonce) : [],
      EditorView.theme({}, { dark }),
      EditorState.readOnly.of(true),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label }),
      yaml(),
    ];
    const view = new MergeView({
      parent: host.current,
      a: { doc: theirs, extensions: shown(left) },
      b: { doc: mine, extensions: shown(right) },
      collapseUnchanged: { margin: 2, minSize: 5 },
    });
    return () => view.destroy();
  }, [theirs, mine, left, right, dark]);
  return (
    <div>
      <Group grow mb={4}>
        <Text fz="xs" fw={600}>
          {left}
        </Text>
        <Text fz="xs" fw={600}>
          {right}
        </Text>
      </Group>
      <div ref={host} className={classes.diff} />
    </div>
  );
}
