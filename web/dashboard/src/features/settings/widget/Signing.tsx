import { Box, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../../i18n/language";
import { Snippet } from "../../../ui/Snippet";
import { Section } from "../Section";
import { CALLED, SAMPLES, type Sample } from "./samples";
import { widget } from "./texts";

const ALL = Object.keys(SAMPLES) as Sample[];

/** Code for the company's own server, which signs a token for each customer who is signed in. */
export function Signing() {
  const say = useTexts(widget);
  const [sample, choose] = useState<Sample>("python");
  return (
    <Section title={say("signing")} lead={say("signingLead")} below>
      <Box maw={720}>
        <Snippet
          above={
            <SegmentedControl
              aria-label={say("language")}
              value={sample}
              onChange={value => choose(value as Sample)}
              data={ALL.map(value => ({ value, label: CALLED[value] }))}
            />
          }
          copy={say("copyCode")}
          code={SAMPLES[sample]}
        />
      </Box>
    </Section>
  );
}
