/** Two versions, or one and the draft: what changed in words, on the canvas, and the YAML of both. */

import type { Differences as Found } from "@deskhand/contract";
import type { Doc, Positions } from "@deskhand/flow";
import { Skeleton, Stack, Tabs, Text } from "@mantine/core";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Loaded } from "../../ui/Loaded";
import { Differences } from "./Differences";
import { publishing } from "./texts";

const ChangedCanvas = lazy(() => import("./ChangedCanvas"));
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
  const [tab, setTab] = useState<string | null>("words");
  const [aimed, aim] = useState<string | null>(null);
  const lead = useCallback((step: string | null) => {
    aim(step);
    setTab("words");
  }, []);
  const turn = (to: string | null) => {
    aim(null);
    setTab(to);
  };
  const changes = $api.useQuery(
    "get",
    "/v1/procedures/{slug}/changes",
    { params: { path: { slug }, query: { from, to: String(to), form: "steps" } } },
    { gcTime: 0 },
  );
  return (
    <Tabs value={tab} onChange={turn} keepMounted={false}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="words">{say("changes")}</Tabs.Tab>
        <Tabs.Tab value="canvas">{say("canvas")}</Tabs.Tab>
        <Tabs.Tab value="yaml">{say("yaml")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="words">
        <Loaded query={changes} waiting={<Skeleton h={120} />}>
          {({ differences }) =>
            differs(differences) ? (
              <Differences found={differences} onSelect={onSelect} aimed={aimed} />
            ) : (
              <Nothing from={from} />
            )
          }
        </Loaded>
      </Tabs.Panel>
      <Tabs.Panel value="canvas">
        <Loaded query={changes} waiting={<Skeleton h={240} />}>
          {({ differences }) =>
            differs(differences) ? (
              <Drawn slug={slug} from={from} to={to} found={differences} lead={lead} />
            ) : (
              <Nothing from={from} />
            )
          }
        </Loaded>
      </Tabs.Panel>
      <Tabs.Panel value="yaml">
        <Yaml slug={slug} from={from} to={to} live={live} />
      </Tabs.Panel>
    </Tabs>
  );
}

function differs(found: Found | null): found is Found {
  return found !== null && found.fields.length + found.steps.length > 0;
}

function Nothing({ from }: { from: number }) {
  const say = useTexts(publishing);
  return (
    <Text fz="sm" c="dimmed">
      {say("nothing", { version: from })}
    </Text>
  );
}

interface DrawnProps extends Pick<Props, "slug" | "from" | "to"> {
  readonly found: Found;
  readonly lead: (step: string | null) => void;
}

function Drawn({ slug, from, to, found, lead }: DrawnProps) {
  const older = useSide(slug, from);
  const newer = useSide(slug, to);
  return (
    <Loaded query={older} waiting={<Skeleton h={240} />}>
      {before => (
        <Loaded query={newer} waiting={<Skeleton h={240} />}>
          {after => (
            <Suspense fallback={<Skeleton h={240} />}>
              <ChangedCanvas before={before} after={after} found={found} lead={lead} />
            </Suspense>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Yaml({ slug, from, to, live }: Omit<Props, "onSelect">) {
  const say = useTexts(publishing);
  const older = useSide(slug, from);
  const newer = useSide(slug, to);
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

/** A version, or the stored draft. */
function useSide(slug: string, version: number | "draft") {
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
  const found = chosen.data;
  const data = useMemo(
    () => found && { yaml: found.yaml, document: found.document as Doc, positions: found.layout as Positions },
    [found],
  );
  return { data, error: chosen.error, refetch: chosen.refetch };
}
