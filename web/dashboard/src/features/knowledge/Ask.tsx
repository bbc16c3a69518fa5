import type { SearchResult } from "@deskhand/contract";
import { Anchor, Badge, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useLanguage, useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { useFilters } from "../../ui/filters";
import classes from "./Knowledge.module.css";
import { Passage } from "./Source";
import { knowledge } from "./texts";

/** A question to try: what is found, and what the agent would say. */
export function Ask() {
  const say = useTexts(knowledge);
  const { language } = useLanguage();
  const [{ q, topic }, change] = useFilters(["q", "topic"]);
  const [typed, setTyped] = useState(q);
  const topics = $api.useQuery("get", "/v1/topics");
  const asked = $api.useQuery(
    "post",
    "/v1/knowledge/search",
    { body: { text: q, topic: topic || null, language, limit: 5 } },
    { enabled: q.trim() !== "" },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed === q) void asked.refetch();
    else change({ q: typed });
  };
  return (
    <Stack maw={820}>
      <form onSubmit={submit}>
        <Stack gap="xs">
          <Text fz="sm" c="dimmed">
            {say("askText")}
          </Text>
          <Group align="flex-end" gap="xs">
            <TextInput
              flex="1 1 280px"
              label={say("askLabel")}
              placeholder={say("askPlaceholder")}
              value={typed}
              onChange={event => setTyped(event.currentTarget.value)}
            />
            {(topics.data?.items.length ?? 0) > 0 && (
              <NativeSelect
                label={say("askTopic")}
                value={topic}
                onChange={event => change({ topic: event.currentTarget.value })}
                data={[
                  { value: "", label: say("everything") },
                  ...(topics.data?.items ?? []).map(one => ({ value: one.slug, label: one.name })),
                ]}
              />
            )}
            <Button type="submit" loading={asked.isFetching} disabled={!typed.trim()}>
              {say("askRun")}
            </Button>
          </Group>
        </Stack>
      </form>
      <div role="status">{q && asked.data && <Found of={asked.data} />}</div>
      {asked.error && <ErrorNote error={asked.error} retry={() => void asked.refetch()} />}
    </Stack>
  );
}

function Found({ of }: { of: SearchResult }) {
  const say = useTexts(knowledge);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return (
    <Stack>
      <div className={classes.answer}>
        <Title order={2} fz="md">
          {say(of.answer ? "wouldSay" : "wouldNot")}
        </Title>
        {of.answer ? (
          <>
            <Text fz="sm" mt={4} style={{ whiteSpace: "pre-wrap" }}>
              {of.answer.text}
            </Text>
            <Group gap={6} mt={6}>
              <Text fz="xs" c="dimmed">
                {say("from")}
              </Text>
              {of.answer.cites.map(({ source, title, page }) => (
                <Anchor key={`${source} ${page}`} component={Link} to={`/knowledge/sources/${source}`} fz="xs">
                  {title}
                  {page !== null && `, ${say("pageNumber", { page })}`}
                </Anchor>
              ))}
            </Group>
          </>
        ) : (
          <Text fz="sm" mt={4}>
            {say("wouldNotHint", { least: number.format(of.least) })}
          </Text>
        )}
      </div>
      <section aria-label={say("found")}>
        <Title order={2} fz="md" mb="xs">
          {say("found")}
        </Title>
        {of.passages.length === 0 && <Text fz="sm">{say("noneFound")}</Text>}
        <Stack gap="md">
          {of.passages.map(({ passage, score }) => (
            <div key={`${passage.source} ${passage.number}`}>
              <Group gap={6} mb={4}>
                <Badge color={score >= of.least ? "teal" : "gray"}>
                  {say("score", { score: number.format(score) })}
                </Badge>
                <Anchor component={Link} to={`/knowledge/sources/${passage.source}`} fz="xs">
                  {passage.source}
                </Anchor>
              </Group>
              <Passage of={passage} />
            </div>
          ))}
        </Stack>
      </section>
    </Stack>
  );
}
