/** Two YAML texts side by side, or below each other where there is no room, with what differs. */

import { yaml } from "@codemirror/lang-yaml";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { Group, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { useTexts } from "../../i18n/language";
import classes from "./Differences.module.css";
import { publishing } from "./texts";

interface Props {
  readonly before: { readonly name: string; readonly text: string };
  readonly after: { readonly name: string; readonly text: string };
}

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

export default function YamlDiff({ before, after }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const say = useTexts(publishing);
  const narrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  useEffect(() => {
    if (!host.current) return;
    const phrases = { "$ unchanged lines": say("unchanged") };
    const shown = (name: string): Extension => [
      nonce ? EditorView.cspNonce.of(nonce) : [],
      lineNumbers(),
      yaml(),
      EditorView.lineWrapping,
      EditorState.phrases.of(phrases),
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" }),
    ];
    const folded = { margin: 3, minSize: 6 };
    if (narrow) {
      const merged = unifiedMergeView({ original: before.text, mergeControls: false, collapseUnchanged: folded });
      const one = new EditorView({
        parent: host.current,
        doc: after.text,
        extensions: [shown(after.name), merged],
      });
      return () => one.destroy();
    }
    const both = new MergeView({
      parent: host.current,
      a: { doc: before.text, extensions: shown(before.name) },
      b: { doc: after.text, extensions: shown(after.name) },
      collapseUnchanged: folded,
    });
    return () => both.destroy();
  }, [before.text, after.text, before.name, after.name, narrow, say]);
  return (
    <div>
      <Group grow mb={4}>
        <Text fz="xs" fw={600}>
          {before.name}
        </Text>
        <Text fz="xs" fw={600}>
          {after.name}
        </Text>
      </Group>
      <div ref={host} className={classes.merge} />
    </div>
  );
}
