import { useMemo } from "react";
import { useTexts } from "../../i18n/language";
import { editor } from "../texts";

/** What React Flow's own parts are called. */
export function useLabels() {
  const say = useTexts(editor);
  return useMemo(
    () => ({
      "controls.ariaLabel": say("view"),
      "controls.zoomIn.ariaLabel": say("zoomIn"),
      "controls.zoomOut.ariaLabel": say("zoomOut"),
      "controls.fitView.ariaLabel": say("fitView"),
      "handle.ariaLabel": say("way"),
      "node.a11yDescription.default": say("canvasLabel"),
      "node.a11yDescription.keyboardDisabled": say("canvasLabel"),
      "edge.a11yDescription.default": say("canvasLabel"),
    }),
    [say],
  );
}
