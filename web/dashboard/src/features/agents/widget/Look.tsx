import type { WidgetLook } from "@deskhand/contract";
import { ActionIcon, Button, ColorSwatch, Group, Input, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconPlus, IconTrash } from "@tabler/icons-react";
import { useId } from "react";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import type { Said } from "../../../ui/byLanguage";
import { Card } from "../../../ui/Card";
import { SaidInput } from "../../../ui/SaidInput";
import type { PartProps } from "../drafts";
import { LEAST_SHAPE, LEAST_TEXT, readable, sixDigits } from "./colour";
import { widget } from "./texts";
import { useUsual } from "./useUsual";
import classes from "./Widget.module.css";

const MOST_SUGGESTIONS = 5;
const SWATCHES = ["#2563eb", "#0f766e", "#15803d", "#b45309", "#b91c1c", "#be185d", "#6d28d9", "#1f2937"];

/** What customers read before they write, and the widget's colour and corner. */
export function Look({ agent, set }: PartProps) {
  const say = useTexts(widget);
  const readOnly = !useMayBuild();
  const usual = useUsual();
  const look = agent.widget;
  const put = (change: Partial<WidgetLook>) => set({ widget: { ...look, ...change } });
  return (
    <Card title={say("look")}>
      <Stack>
        <SaidInput
          label={say("title")}
          value={look.title}
          set={title => put({ title })}
          usual={usual}
          maxLength={100}
          placeholder={agent.name}
          readOnly={readOnly}
        />
        <SaidInput
          label={say("greeting")}
          hint={say("greetingHint")}
          value={look.greeting}
          set={greeting => put({ greeting })}
          usual={usual}
          lines={2}
          maxLength={1000}
          placeholder={say("usualGreeting")}
          readOnly={readOnly}
        />
        <Suggestions
          all={look.suggestions}
          put={suggestions => put({ suggestions })}
          usual={usual}
          readOnly={readOnly}
        />
        <Colour colour={look.color} put={color => put({ color })} readOnly={readOnly} />
        <Input.Wrapper label={say("position")} labelElement="div">
          <SegmentedControl
            mt={4}
            display="flex"
            w="fit-content"
            aria-label={say("position")}
            value={look.position}
            onChange={position => put({ position: position as WidgetLook["position"] })}
            data={[
              { value: "left", label: say("left") },
              { value: "right", label: say("right") },
            ]}
            readOnly={readOnly}
          />
        </Input.Wrapper>
      </Stack>
    </Card>
  );
}

interface SuggestionsProps {
  readonly all: readonly Said[];
  readonly put: (all: Said[]) => void;
  readonly usual: string;
  readonly readOnly: boolean;
}

function Suggestions({ all, put, usual, readOnly }: SuggestionsProps) {
  const say = useTexts(widget);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings looks of its own
    <div role="group" aria-label={say("suggestions")}>
      <Input.Label labelElement="div">{say("suggestions")}</Input.Label>
      <Input.Description mb={4}>{say("suggestionsHint")}</Input.Description>
      <Stack gap={6}>
        {all.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text keeps its place while it is being typed
          <Group key={at} gap={4} wrap="nowrap" align="flex-start">
            <div style={{ flex: 1, minWidth: 0 }}>
              <SaidInput
                label={say("suggestion", { number: at + 1 })}
                unlabelled
                value={one}
                set={next => put(all.map((other, place) => (place === at ? next : other)))}
                usual={usual}
                maxLength={200}
                readOnly={readOnly}
              />
            </div>
            {!readOnly && (
              <ActionIcon
                mt={4}
                aria-label={say("removeSuggestion", { number: at + 1 })}
                onClick={() => put(all.filter((_, place) => place !== at))}
              >
                <IconTrash size={15} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {!readOnly && all.length < MOST_SUGGESTIONS && (
          <Button
            variant="default"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconPlus size={14} />}
            onClick={() => put([...all, ""])}
          >
            {say("addSuggestion")}
          </Button>
        )}
      </Stack>
    </div>
  );
}

interface ColourProps {
  readonly colour: string;
  readonly put: (colour: string) => void;
  readonly readOnly: boolean;
}

function Colour({ colour, put, readOnly }: ColourProps) {
  const say = useTexts(widget);
  const id = useId();
  const found = readable(colour);
  return (
    <div>
      <TextInput
        label={say("colour")}
        value={colour}
        onChange={event => put(event.currentTarget.value)}
        onBlur={() => put(sixDigits(colour))}
        error={found ? undefined : say("noColour")}
        aria-describedby={id}
        leftSection={
          <input
            type="color"
            className={classes.picker}
            aria-label={say("pick")}
            value={found ? colour : "#000000"}
            onChange={event => put(event.currentTarget.value)}
            disabled={readOnly}
          />
        }
        maxLength={7}
        readOnly={readOnly}
        maw={160}
      />
      {!readOnly && (
        <Group gap={6} mt={8}>
          {SWATCHES.map(one => (
            <ColorSwatch
              key={one}
              component="button"
              className={classes.swatch}
              type="button"
              color={one}
              size={26}
              aria-label={say("choose", { colour: one })}
              aria-pressed={one === colour}
              onClick={() => put(one)}
            >
              {one === colour && <IconCheck size={14} color="#fff" aria-hidden />}
            </ColorSwatch>
          ))}
        </Group>
      )}
      <Text id={id} fz="xs" mt={4} c="dimmed" component="div" role="status">
        {found && (
          <Contrast
            text={say(found.text === "#ffffff" ? "textWhite" : "textBlack", { ratio: ratio(found.onIt) })}
            warnings={[
              found.onIt < LEAST_TEXT && say("faintText"),
              found.onWhite < LEAST_SHAPE && say("faintShape", { ratio: ratio(found.onWhite) }),
            ]}
          />
        )}
      </Text>
    </div>
  );
}

function Contrast({ text, warnings }: { text: string; warnings: readonly (string | false)[] }) {
  return (
    <>
      {text}
      {warnings.filter(Boolean).map(warning => (
        <Group key={String(warning)} gap={6} mt={4} wrap="nowrap" align="flex-start" className={classes.warning}>
          <IconAlertTriangle size={14} aria-hidden style={{ flex: "none", marginTop: 1 }} />
          <span>{warning}</span>
        </Group>
      ))}
    </>
  );
}

function ratio(value: number): number {
  return Math.floor(value * 10) / 10;
}
