/** An agent's widget: how it gets onto a page, how it looks, and whom it is for. */

import type { PartProps } from "../drafts";
import { Access } from "./Access";
import { Install } from "./Install";
import { Look } from "./Look";
import { Preview } from "./Preview";
import classes from "./Widget.module.css";

export function WidgetTab({ agent, set }: PartProps) {
  return (
    <>
      <Install agent={agent} />
      <div className={classes.halves}>
        <Look agent={agent} set={set} />
        <Preview agent={agent} />
        <Access agent={agent} set={set} />
      </div>
    </>
  );
}
