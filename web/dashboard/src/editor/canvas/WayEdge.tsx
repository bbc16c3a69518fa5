/** A way between two steps. */

import { BaseEdge, type EdgeProps, getSmoothStepPath } from "@xyflow/react";
import { memo } from "react";
import classes from "./Canvas.module.css";
import type { WayEdgeType } from "./drawn";

export const WayEdge = memo((props: EdgeProps<WayEdgeType>) => {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, label, data, selected, markerEnd } =
    props;
  const [path, labelX, labelY] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 14,
  });
  return (
    <g
      className={classes.way}
      data-painted={data?.painted ?? undefined}
      data-aimed={data?.aimed || undefined}
      data-selected={selected || undefined}
    >
      <BaseEdge
        path={path}
        markerEnd={markerEnd}
        interactionWidth={28}
        label={label}
        labelX={labelX}
        labelY={labelY}
        labelShowBg
        labelBgPadding={[5, 2]}
        labelBgBorderRadius={6}
      />
    </g>
  );
});
WayEdge.displayName = "WayEdge";
