import { Button, CloseButton, Group, NativeSelect, Popover, SimpleGrid, TextInput } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconSearch } from "@tabler/icons-react";
import { useRef } from "react";
import { $api } from "../../api/client";
import { useShortcuts } from "../../app/shortcuts";
import { useTexts } from "../../i18n/language";
import type { PlainKey } from "../../i18n/texts";
import type { Filters } from "../../ui/filters";
import { PeriodSelect } from "../../ui/PeriodSelect";
import { useTyped } from "../../ui/typed";
import { BEHIND, type Name } from "./asked";
import classes from "./Conversations.module.css";
import { conversations } from "./texts";

interface Props {
  readonly filters: Filters<Name>;
  readonly change: (changes: Partial<Filters<Name>>) => void;
  readonly clear: () => void;
  readonly set: boolean;
}

type Key = PlainKey<typeof conversations.en>;
const WAITING = ["approval", "outcome", "member", "call", "customer"] as const;

/** What the list is narrowed down by: the usual filters in sight, the others behind a button. */
export function FilterBar(props: Props) {
  const say = useTexts(conversations);
  const { filters, change, clear, set } = props;
  const procedures = $api.useQuery("get", "/v1/procedures", {}, { staleTime: 60_000 });
  const known = (procedures.data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name }));
  return (
    <Group gap="sm" align="flex-end">
      <Search value={filters.text} change={text => change({ text })} />
      <Choice
        {...props}
        name="status"
        options={[
          ["open", "open"],
          ["resolved", "resolved"],
        ]}
      />
      <Choice {...props} name="waiting" options={WAITING.map(name => [name, `waiting_${name}`] as const)} />
      <NativeSelect
        label={say("procedure")}
        className={classes.select}
        value={filters.procedure}
        onChange={event => change({ procedure: event.currentTarget.value })}
        data={[{ value: "", label: say("any") }, ...withChosen(known, filters.procedure)]}
      />
      <PeriodSelect {...filters} change={change} />
      <Behind {...props} />
      {set && (
        <Button variant="subtle" onClick={clear}>
          {say("clear")}
        </Button>
      )}
    </Group>
  );
}

/** A filter that the address names stays choosable, even where it is not among those that are known. */
function withChosen(known: readonly { value: string; label: string }[], chosen: string) {
  return !chosen || known.some(one => one.value === chosen) ? [...known] : [...known, { value: chosen, label: chosen }];
}

interface ChoiceProps extends Props {
  readonly name: Name & Key;
  readonly options: readonly (readonly [value: string, label: Key])[];
  /** What stands there while nothing is chosen. */
  readonly none?: Key;
}

function Choice({ filters, change, name, options, none = "any" }: ChoiceProps) {
  const say = useTexts(conversations);
  return (
    <NativeSelect
      label={say(name)}
      className={classes.select}
      value={filters[name]}
      onChange={event => change({ [name]: event.currentTarget.value })}
      data={[{ value: "", label: say(none) }, ...options.map(([value, label]) => ({ value, label: say(label) }))]}
    />
  );
}

function Behind(props: Props) {
  const say = useTexts(conversations);
  const { filters, change } = props;
  const count = BEHIND.filter(name => filters[name] !== "").length;
  const agents = $api.useQuery("get", "/v1/agents", {}, { staleTime: 60_000 });
  const known = (agents.data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name }));
  return (
    <Popover position="bottom-end" shadow="md" withArrow trapFocus>
      <Popover.Target>
        <Button variant={count ? "light" : "default"} leftSection={<IconAdjustmentsHorizontal size={16} />}>
          {count ? say("filtersSet", { count }) : say("filters")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.behind}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Choice
            {...props}
            name="mode"
            options={[
              ["agent", "mode_agent"],
              ["member", "mode_member"],
            ]}
          />
          <Choice
            {...props}
            name="reaction"
            options={[
              ["positive", "positive"],
              ["negative", "negative"],
            ]}
          />
          <Choice
            {...props}
            name="escalated"
            options={[
              ["yes", "yes"],
              ["no", "no"],
            ]}
          />
          <NativeSelect
            label={say("agent")}
            value={filters.agent}
            onChange={event => change({ agent: event.currentTarget.value })}
            data={[{ value: "", label: say("any") }, ...withChosen(known, filters.agent)]}
          />
          <Written {...props} name="tag" />
          <Written {...props} name="channel" />
          <Written {...props} name="contact" hint={say("contactHint")} />
          <Choice
            {...props}
            name="test"
            none="testHidden"
            options={[
              ["only", "testOnly"],
              ["too", "testToo"],
            ]}
          />
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  );
}

function Written({ filters, change, name, hint }: Props & { name: Name & Key; hint?: string }) {
  const say = useTexts(conversations);
  const [value, type] = useTyped(filters[name], written => change({ [name]: written.trim() }));
  return (
    <TextInput label={say(name)} placeholder={hint} value={value} onChange={event => type(event.currentTarget.value)} />
  );
}

function Search({ value: asked, change }: { value: string; change: (text: string) => void }) {
  const say = useTexts(conversations);
  const field = useRef<HTMLInputElement>(null);
  const [value, type] = useTyped(asked, change);
  useShortcuts(say("title"), [{ key: "/", label: say("focusSearch"), run: () => field.current?.focus() }]);
  return (
    <TextInput
      ref={field}
      type="search"
      label={say("search")}
      placeholder={say("searchHint")}
      className={classes.search}
      leftSection={<IconSearch size={16} />}
      rightSection={value && <CloseButton size="sm" aria-label={say("clear")} onClick={() => type("")} />}
      value={value}
      onChange={event => type(event.currentTarget.value)}
    />
  );
}
