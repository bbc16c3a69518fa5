/** Two versions, or one and the draft: what changed in words, and the YAML of both. */

import type { Differences as Found } from "@deskhand/contract";
import { Skeleton, Stack, Tabs, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Loaded } from "../../ui/Loaded";
import { Differences } from "./Differences";
import { publishing } from "./texts";

const YamlDiff = lazy(() => import("./YamlDiff"));

interface Props {
  readonly slug: string;
  readonly from: number;
  readonly to: number | "draft";
  readonly live: number | null;
  readonly onSelect?: (step: string) => void;
}

export function Compared({ slug, from, to, live, onSelect }: Props) {
  const say = useTexts(publishing);
  const changes = $api.useQuery(
    "get",
    "/v1/procedures/{slug}/changes",
    { params: { path: { slug }, query: { from, to: String(to), form: "steps" } } },
    { gcTime: 0 },
  );
  return (
    <Tabs defaultValue="words" keepMounted={false}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="words">{say("changes")}</Tabs.Tab>
        <Tabs.Tab value="yaml">{say("yaml")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="words">
        <Loaded query={changes} waiting={<Skeleton h={120} />}>
          {found => <InWords found={found.differences} from={from} onSelect={onSelect} />}
        </Loaded>
      </Tabs.Panel>
      <Tabs.Panel value="yaml">
        <Yaml slug={slug} from={from} to={to} live={live} />
      </Tabs.Panel>
    </Tabs>
  );
}

interface WordsProps {
  readonly found: Found | null;
  readonly from: number;
  readonly onSelect: Props["onSelect"];
}

function InWords({ found, from, onSelect }: WordsProps) {
  const say = useTexts(publishing);
  if (!found || (!found.fields.length && !found.steps.length))
    return (
      <Text fz="sm" c="dimmed">
        {say("nothing", { version: from })}
      </Text>
    );
  return <Differences found={found} onSelect={onSelect} />;
}

function Yaml({ slug, from, to, live }: Omit<Props, "onSelect">) {
  const say = useTexts(publishing);
  const older = useYaml(slug, from);
  const newer = useYaml(slug, to);
  const name = (one: number | "draft") =>
    one === "draft" ? say("draft") : say(one === live ? "live" : "version", { version: one });
  return (
    <Loaded query={older} waiting={<Skeleton h={200} />}>
      {before => (
        <Loaded query={newer} waiting={<Skeleton h={200} />}>
          {after => (
            <Suspense fallback={<Skeleton h={200} />}>
              <Stack>
                <YamlDiff
                  before={{ name: name(from), text: before.yaml ?? "" }}
                  after={{ name: name(to), text: after.yaml ?? "" }}
                />
              </Stack>
            </Suspense>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** A version's YAML, or the stored draft's. */
function useYaml(slug: string, version: number | "draft") {
  const draft = $api.useQuery(
    "get",
    "/v1/procedures/{slug}",
    { params: { path: { slug } } },
    { enabled: version === "draft", staleTime: 0 },
  );
  const published = $api.useQuery(
    "get",
    "/v1/procedures/{slug}/versions/{number}",
    { params: { path: { slug, number: version === "draft" ? 1 : version } } },
    { enabled: version !== "draft", staleTime: Number.POSITIVE_INFINITY },
  );
  const chosen = version === "draft" ? draft : published;
  return { data: chosen.data as { yaml: string | null } | undefined, error: chosen.error, refetch: chosen.refetch };
}
