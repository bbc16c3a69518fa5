/** How a tried step went: what was said, asked, sent and answered, and where the run would go on. */

import type { StepResult as Tried } from "@deskhand/contract";
import { Alert, Anchor, Badge, Box, CopyButton, Group, List, Stack, Text } from "@mantine/core";
import { IconBulb, IconShieldX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Value } from "../../features/talk/Http";
import { useLanguage, useTexts } from "../../i18n/language";
import { duration } from "../../ui/time";
import { requestLine } from "../preview/Standing";
import { OUTCOMES } from "./outcome";
import { testing } from "./texts";

interface Props {
  readonly tried: Tried;
  readonly onSelect: (step: string) => void;
}

export function StepResult({ tried, onSelect }: Props) {
  const say = useTexts(testing);
  return (
    <Stack gap="sm" aria-live="polite">
      <Where tried={tried} onSelect={onSelect} />
      {tried.problem && (
        <Text fz="sm" c="red">
          {tried.problem}
        </Text>
      )}
      {tried.guarded && (
        <Alert color="orange" icon={<IconShieldX size={16} />} title={say("guarded")}>
          {tried.guarded}
        </Alert>
      )}
      {tried.hints.length > 0 && (
        <Alert color="gray" icon={<IconBulb size={16} />} title={say("hints")}>
          <List size="sm">
            {tried.hints.map(hint => (
              <List.Item key={hint}>{hint}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {tried.approval && <Told title={say("approvalNeeded")}>{tried.approval}</Told>}
      {tried.confirmation && <Told title={say("confirmationAsked")}>{tried.confirmation}</Told>}
      {tried.question && <Told title={say("question")}>{tried.question}</Told>}
      {tried.said.length > 0 && <Told title={say("said")}>{tried.said.join("\n")}</Told>}
      {tried.shown && <Value value={tried.shown} label={say("said")} />}
      <Exchange tried={tried} />
      {Object.keys(tried.after).length > 0 && <Value value={tried.after} label={say("changed")} />}
    </Stack>
  );
}

function Where({ tried, onSelect }: Props) {
  const say = useTexts(testing);
  const ends = tried.ends ? OUTCOMES[tried.ends] : undefined;
  return (
    <Group gap={8}>
      <Badge color={tried.ok ? "teal" : "red"}>{say(tried.ok ? "ok" : "notOk")}</Badge>
      {tried.sent && <Badge color="orange">{say("sent")}</Badge>}
      <Text fz="sm" component="span">
        {tried.waits_for ? (
          say("waits", { what: tried.waits_for })
        ) : tried.next === "end" || tried.next === null ? (
          say("ends", { outcome: ends ? say(ends.key) : say("completed") })
        ) : (
          <>
            {say("goesTo")}{" "}
            <Anchor component="button" fz="sm" onClick={() => onSelect(tried.next ?? "")}>
              {tried.next}
            </Anchor>
            {tried.exit && tried.exit !== "next" ? ` (${tried.exit})` : ""}
          </>
        )}
      </Text>
    </Group>
  );
}

function Exchange({ tried }: { tried: Tried }) {
  const say = useTexts(testing);
  const { language } = useLanguage();
  if (!tried.request) return null;
  const answered = tried.status !== null || (tried.response !== null && tried.response !== undefined);
  return (
    <>
      <Value value={requestLine(tried.request)} label={say("request")} />
      {tried.curl && <CurlLine curl={tried.curl} />}
      {answered && (
        <Box>
          <Group gap={8}>
            {tried.status !== null && <Badge variant="default">{tried.status}</Badge>}
            {tried.milliseconds !== null && tried.sent && (
              <Text fz="xs" c="dimmed">
                {duration(tried.milliseconds, language)}
              </Text>
            )}
          </Group>
          <Value value={tried.response ?? null} label={say("response")} />
        </Box>
      )}
    </>
  );
}

function CurlLine({ curl }: { curl: string }) {
  const say = useTexts(testing);
  return (
    <CopyButton value={curl}>
      {({ copy }) => (
        <Anchor component="button" fz="xs" ta="left" onClick={copy}>
          {say("copyCurl")}
        </Anchor>
      )}
    </CopyButton>
  );
}

function Told({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text fz="xs" c="dimmed">
        {title}
      </Text>
      <Text fz="sm" style={{ whiteSpace: "pre-wrap" }}>
        {children}
      </Text>
    </div>
  );
}
