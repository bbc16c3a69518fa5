/** One message of a conversation, whoever wrote it. */

import { Anchor, Badge, Text, UnstyledButton } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useLanguage, useTexts } from "../../i18n/language";
import { type Language, regional } from "../../i18n/texts";
import { exact } from "../../ui/time";
import { wordsBeside } from "./attached";
import { componentOf, type Entry, fieldsOf, list, object, objects, plain, type Side, sideOf, text } from "./entries";
import { Files } from "./Files";
import classes from "./Message.module.css";
import { talk } from "./texts";
import { told } from "./told";

interface Props {
  readonly entry: Entry;
  /** Whether who wrote it stands above: not where the one before is by the same. */
  readonly named?: boolean;
  /** The customer's name, where it is known. */
  readonly customer?: string;
  /** How suggestions are chosen, by who is the customer here. */
  readonly picking?: Picking;
  /** What stands below the bubble. */
  readonly children?: ReactNode;
}

export interface Picking {
  readonly busy: boolean;
  readonly pick: (text: string) => void;
}

/** A bubble, a note, or a line about what happened. */
export function Message({ entry, named = true, customer, picking, children }: Props) {
  const say = useTexts(talk);
  const side = sideOf(entry) ?? "system";
  if (side === "system") return <Told entry={entry} />;
  const who = side === "customer" ? customer || say("customer") : side === "agent" ? say("agent") : text(entry, "by");
  return (
    <div className={`${classes.row} ${classes[side]}`} data-entry={entry.seq} data-side={side}>
      {side === "note" ? (
        <span className={classes.meta}>
          {say("note", { by: text(entry, "by") })} · <Clock at={entry.at} />
        </span>
      ) : (
        named && (
          <span className={classes.meta}>
            {who} · <Clock at={entry.at} />
          </span>
        )
      )}
      <div className={classes.bubble}>
        <Words entry={entry} picking={picking} />
      </div>
      {children}
    </div>
  );
}

function Told({ entry }: { entry: Entry }) {
  const say = useTexts(talk);
  const { language } = useLanguage();
  const sentence = told(entry, say, language);
  if (!sentence) return null;
  return (
    <div className={classes.told} data-entry={entry.seq}>
      {sentence} <Further entry={entry} /> · <Clock at={entry.at} />
    </div>
  );
}

/** Where more is to be seen of what is told: a lead, the page where the customer was. */
export function Further({ entry }: { entry: Entry }) {
  const say = useTexts(talk);
  const url = entry.body.url;
  if (entry.kind === "lead" && text(entry, "lead")) {
    return (
      <Anchor component={Link} to={`/leads/${text(entry, "lead")}`} underline="always" inherit>
        {say("openLead")}
      </Anchor>
    );
  }
  if (entry.kind !== "visited" && entry.kind !== "variables_given") return null;
  return (
    <>
      {isWeb(url) && (
        <Anchor href={url} target="_blank" rel="noreferrer" underline="always" inherit>
          {say("openPage")}
        </Anchor>
      )}
      {Object.entries(object(entry, "attributes")).map(([name, value]) => (
        <span key={name}>
          {" "}
          · {name}: {plain(value)}
        </span>
      ))}
    </>
  );
}

/** What a message says: its text, and what stands with it. */
export function Words({ entry, picking }: Pick<Props, "entry" | "picking">) {
  const say = useTexts(talk);
  switch (entry.kind) {
    case "clicked":
      return <i>{say("clicked", { choice: text(entry, "choice") })}</i>;
    case "form_submitted":
      return <Filled values={object(entry, "values")} title={say("filledIn")} />;
    case "show_form":
      return (
        <>
          {text(entry, "text")}
          <Chips label={say("form")} names={fieldsOf(entry).map(field => field.label)} />
        </>
      );
    case "show_button":
      return (
        <>
          {text(entry, "text")}
          <Chips names={[say("button", { label: text(entry, "label") })]} />
        </>
      );
    case "suggest":
      return (
        <>
          {text(entry, "text")}
          <Chips names={list(entry, "suggestions")} picking={picking} />
        </>
      );
    case "show_component":
      return <Shown entry={entry} />;
    case "component_returned":
      return <Gave entry={entry} />;
    case "offer":
      return (
        <>
          {text(entry, "text")}
          <Chips names={[say("offered", { name: text(entry, "name") })]} />
        </>
      );
    default:
      return (
        <>
          {wordsBeside(entry)}
          <Chips names={list(entry, "choices")} />
          <Files entry={entry} />
          <Sources entry={entry} />
        </>
      );
  }
}

function Shown({ entry }: { entry: Entry }) {
  const say = useTexts(talk);
  const { kind, title, fields } = componentOf(entry);
  const known = `component_${kind}`;
  return (
    <>
      {text(entry, "text")}
      <Chips
        label={isComponent(known) ? say(known) : kind}
        names={[title, ...fields.map(field => field.label)].filter(Boolean)}
      />
    </>
  );
}

type ComponentKey = "component_video" | "component_image" | "component_flow" | "component_element";

function isComponent(key: string): key is ComponentKey {
  return key in talk.en;
}

/** What a component gave: values of fields, or something that only the host page knows. */
function Gave({ entry }: { entry: Entry }) {
  const say = useTexts(talk);
  if ("values" in entry.body) return <Filled values={object(entry, "values")} title={say("filledIn")} />;
  const { value } = entry.body;
  return (
    <>
      <i>{say("wentThrough")}</i>
      {value !== null && value !== undefined && <div style={{ overflowWrap: "anywhere" }}>{plain(value)}</div>}
      {text(entry, "problem") && <div>{text(entry, "problem")}</div>}
    </>
  );
}

function Filled({ values, title }: { values: Record<string, unknown>; title: string }) {
  return (
    <>
      <i>{title}</i>
      <dl className={classes.values}>
        {Object.entries(values).map(([name, value]) => (
          <Pair key={name} name={name}>
            {plain(value)}
          </Pair>
        ))}
      </dl>
    </>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface ChipsProps {
  readonly names: readonly string[];
  readonly label?: string;
  readonly picking?: Picking;
}

function Chips({ names, label, picking }: ChipsProps) {
  if (!names.length) return null;
  return (
    <div className={classes.choices}>
      {label && <Badge variant="default">{label}</Badge>}
      {names.map(name =>
        picking ? (
          <UnstyledButton
            key={name}
            className={classes.pick}
            disabled={picking.busy}
            onClick={() => picking.pick(name)}
          >
            {name}
          </UnstyledButton>
        ) : (
          <Badge key={name} variant="outline">
            {name}
          </Badge>
        ),
      )}
    </div>
  );
}

function Sources({ entry }: { entry: Entry }) {
  const say = useTexts(talk);
  const sources = objects(entry, "sources");
  if (!sources.length) return null;
  return (
    <Text fz="xs" mt={4} component="div">
      <IconPaperclip size={12} aria-hidden /> {say("sources")}{" "}
      {sources.map((source, at) => (
        <span key={`${String(source.title)} ${String(source.url)}`}>
          {at > 0 && ", "}
          {isWeb(source.url) ? (
            <Anchor href={source.url} target="_blank" rel="noreferrer" fz="xs">
              {String(source.title ?? source.url)}
            </Anchor>
          ) : (
            String(source.title ?? "")
          )}
        </span>
      ))}
    </Text>
  );
}

function isWeb(url: unknown): url is string {
  return typeof url === "string" && /^https?:\/\//.test(url);
}

/** The time of day, with the day on hovering. */
export function Clock({ at, seconds }: { at: string; seconds?: boolean }) {
  const { language } = useLanguage();
  const clock = new Intl.DateTimeFormat(regional(language), { timeStyle: seconds ? "medium" : "short" }).format(
    new Date(at),
  );
  return (
    <time dateTime={at} title={exact(at, language, true)}>
      {clock}
    </time>
  );
}

/** The day above the first message of it. */
export function Day({ at }: { at: string }) {
  const { language } = useLanguage();
  const say = useTexts(talk);
  return <div className={classes.day}>{dayName(new Date(at), language, [say("today"), say("yesterday")])}</div>;
}

function dayName(date: Date, language: Language, [today, yesterday]: readonly [string, string]): string {
  const days = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  if (days === 0) return today;
  return days === 1 ? yesterday : new Intl.DateTimeFormat(regional(language), { dateStyle: "full" }).format(date);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export type { Side };
