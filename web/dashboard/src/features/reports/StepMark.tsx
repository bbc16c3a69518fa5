import { useSearchParams } from "react-router";
import { useTexts } from "../../i18n/language";
import { useStepFigures } from "./figures";
import { useNumbers } from "./numbers";
import classes from "./Reports.module.css";
import { reports } from "./texts";

interface Props {
  readonly slug: string;
  readonly step: string;
}

/** On the canvas, where the address asks for it (`?figures=2`, a version): how many runs came to a step and stopped. */
export function StepMark({ slug, step }: Props) {
  const [search] = useSearchParams();
  const version = Number(search.get("figures"));
  return version > 0 ? <Figures slug={slug} step={step} version={version} /> : null;
}

function Figures({ slug, step, version }: Props & { version: number }) {
  const say = useTexts(reports);
  const { number, share } = useNumbers();
  const found = useStepFigures(slug, version).get(step);
  if (!found) return null;
  const part = (value: number) => ({ width: `${(value / found.entered) * 100}%` });
  const stopped = found.stopped
    ? ` · ${say("stopped")}: ${number(found.stopped)} (${share(found.stopped / found.entered)})`
    : "";
  return (
    <div className={classes.mark} data-figures={step}>
      <div>
        {say("entered")}: {number(found.entered)}
        {stopped}
      </div>
      <div className={classes.bar} aria-hidden>
        <div className={classes.went} style={part(found.left)} />
        <div className={classes.here} style={part(found.here)} />
        <div className={classes.stopped} style={part(found.stopped)} />
      </div>
    </div>
  );
}
