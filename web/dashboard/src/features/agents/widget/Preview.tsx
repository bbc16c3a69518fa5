import type { ShownAgent } from "@deskhand/contract";
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconMessageCircle, IconRobot, IconSend2 } from "@tabler/icons-react";
import { type CSSProperties, useState } from "react";
import { useLanguage, useTexts } from "../../../i18n/language";
import { inLanguage, languagesOf, type Said } from "../../../ui/byLanguage";
import { readable } from "./colour";
import { widget } from "./texts";
import classes from "./Widget.module.css";

/** The widget as it will look, before anything was written. */
export function Preview({ agent }: { agent: ShownAgent }) {
  const say = useTexts(widget);
  const { language: viewers } = useLanguage();
  const look = agent.widget;
  const languages = languagesOf([look.title, look.greeting, ...look.suggestions, agent.lead_form?.text ?? ""]);
  const [chosen, choose] = useState(viewers as string);
  const language = languages.includes(chosen) ? chosen : (languages[0] ?? viewers);
  const spoken = (said: Said) => inLanguage(said, language);
  const found = readable(look.color);
  const colours = { "--look": found ? look.color : "#2563eb", "--look-text": found?.text ?? "#ffffff" };
  return (
    <Stack gap={6} className={classes.preview}>
      <Group justify="space-between" gap="xs">
        <Text fz="xs" fw={650} c="dimmed">
          {say("preview")}
        </Text>
        {languages.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={say("previewLanguage")}
            value={language}
            onChange={choose}
            data={languages}
          />
        )}
      </Group>
      <section
        className={classes.page}
        data-side={look.position}
        style={colours as CSSProperties}
        aria-label={say("preview")}
        lang={language}
      >
        <div className={classes.panel}>
          <div className={classes.head}>
            <span className={classes.face}>
              <IconRobot size={18} aria-hidden />
            </span>
            <span className={classes.title}>{spoken(look.title) || agent.name}</span>
          </div>
          <div className={classes.talk}>
            <p className={classes.greeting}>{spoken(look.greeting) || say("usualGreeting")}</p>
            {look.suggestions.map(spoken).map(
              (text, at) =>
                text && (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same
                  <span key={at} className={classes.chip}>
                    {text}
                  </span>
                ),
            )}
          </div>
          <div className={classes.write}>
            <span className={classes.send}>
              <IconSend2 size={14} aria-hidden />
            </span>
          </div>
        </div>
        <span className={classes.launcher}>
          <IconMessageCircle size={22} aria-hidden />
        </span>
      </section>
    </Stack>
  );
}
