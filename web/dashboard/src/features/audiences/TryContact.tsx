import { Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { ErrorNote } from "../../ui/ErrorNote";
import { useFilters } from "../../ui/filters";
import { nameOf } from "../contacts/names";
import { audiences } from "./texts";

/** Whether one contact is in it, and why not. */
export function TryContact({ slug }: { slug: string }) {
  const say = useTexts(audiences);
  const [{ contact }, change] = useFilters(["contact"]);
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed, 250);
  const found = $api.useQuery("get", "/v1/contacts", { params: { query: { q, limit: 20 } } });
  const chosen = $api.useQuery(
    "get",
    "/v1/contacts/{id}",
    { params: { path: { id: contact } } },
    { enabled: !!contact },
  );
  const outcome = $api.useQuery(
    "post",
    "/v1/audiences/{slug}/test",
    { params: { path: { slug } }, body: { contact_id: contact, context: {} } },
    { enabled: !!contact },
  );
  const shown = [...(found.data?.items ?? []), ...(chosen.data ? [chosen.data] : [])];
  const choices = new Map(shown.map(one => [one.id, nameOf(one) || one.id]));
  return (
    <Card title={say("tryTitle")}>
      <Stack gap="xs">
        <Select
          label={say("trySearch")}
          placeholder={say("tryHint")}
          searchable
          clearable
          value={contact || null}
          onChange={value => change({ contact: value ?? "" })}
          onSearchChange={setTyped}
          filter={({ options }) => options}
          data={[...choices].map(([value, label]) => ({ value, label }))}
        />
        <div role="status">
          {contact && outcome.data && (
            <Text fz="sm">
              <b>{say(outcome.data.matches ? "tryIn" : "tryOut")}</b> {outcome.data.why}
            </Text>
          )}
        </div>
        {outcome.error && <ErrorNote error={outcome.error} />}
      </Stack>
    </Card>
  );
}
