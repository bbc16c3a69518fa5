/** Which part of the canvas is seen: at first the beginning, then wherever the selected step is. */

import { HEIGHT, MARK, type Position, type Positions, stepsOf, WIDTH } from "@deskhand/flow";
import { useReducedMotion } from "@mantine/hooks";
import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useDraft, useDraftState } from "../context";

const EDGE = 28;
/** Texts stay readable down to this. */
const SMALLEST = 0.6;

/** Brings the selected step into view; what it returns is called once the canvas is there. */
export function useView(): () => void {
  const flow = useReactFlow();
  const draft = useDraft();
  const first = useDraftState(state => state.selection[0]);
  const [ready, setReady] = useState(false);
  const shown = useRef<string | undefined>(undefined);
  const duration = useReducedMotion(false, { getInitialValueInEffect: false }) ? 0 : 200;
  useEffect(() => {
    if (!ready || first === shown.current) return;
    shown.current = first;
    const place = first === undefined ? undefined : draft.get().positions[first];
    const box = canvasBox();
    if (!place || !box) return;
    const { x, y } = flow.flowToScreenPosition(place);
    const zoom = flow.getZoom();
    const across = x >= box.left && x + WIDTH * zoom <= box.right;
    const down = y >= box.top && y + HEIGHT * zoom <= box.bottom;
    if (across && down) return;
    void flow.setCenter(place.x + WIDTH / 2, place.y + HEIGHT / 2, { zoom: Math.max(zoom, SMALLEST), duration });
  }, [ready, first, flow, draft, duration]);
  return useCallback(() => {
    const box = canvasBox();
    const { positions, document } = draft.get();
    if (box)
      void flow.setViewport(beginning(positions, positions[stepsOf(document)[0]?.id ?? ""], box.width, box.height));
    setReady(true);
  }, [flow, draft]);
}

function canvasBox(): DOMRect | undefined {
  return window.document.querySelector("[data-canvas]")?.getBoundingClientRect();
}

/** All of it where that is readable, else the beginning. */
function beginning(places: Positions, first: Position | undefined, width: number, height: number) {
  const all = Object.values(places);
  if (all.length === 0) return { x: width / 2 - WIDTH / 2, y: height / 4, zoom: 1 };
  const [left, right] = [Math.min(...all.map(one => one.x)), Math.max(...all.map(one => one.x + WIDTH))];
  const top = Math.min(...all.map(one => one.y)) - MARK.height - 48;
  const bottom = Math.max(...all.map(one => one.y + HEIGHT)) + 72 + MARK.height;
  const fitting = Math.min((width - 2 * EDGE) / (right - left), (height - 2 * EDGE) / (bottom - top));
  const zoom = Math.min(1, Math.max(SMALLEST, fitting));
  const rest = height - (bottom - top) * zoom;
  const wide = (right - left) * zoom > width;
  const middle = wide ? (first?.x ?? left) + WIDTH / 2 : (left + right) / 2;
  return {
    x: width / 2 - middle * zoom,
    y: (rest > 2 * EDGE ? rest / 2 : EDGE) - top * zoom,
    zoom,
  };
}
