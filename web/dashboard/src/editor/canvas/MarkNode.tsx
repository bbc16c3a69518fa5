/** Where runs begin and end. */

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useTexts } from "../../i18n/language";
import { editor } from "../texts";
import classes from "./Canvas.module.css";
import type { MarkNodeType } from "./drawn";

export const MarkNode = memo(({ data }: NodeProps<MarkNodeType>) => {
  const say = useTexts(editor);
  const start = data.mark === "start";
  return (
    <div className={classes.mark} data-mark={data.mark}>
      {!start && <Handle type="target" position={Position.Top} id="in" className={classes.in} />}
      {say(data.mark)}
      {start && <Handle type="source" position={Position.Bottom} id="start" className={classes.out} />}
    </div>
  );
});
MarkNode.displayName = "MarkNode";
