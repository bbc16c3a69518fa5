/** Importing actions: an API description, a cURL command, a JSON definition, the tools of an MCP server. */

import type { ImportResult as Result } from "@deskhand/contract";
import { Button, Group, SegmentedControl, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link, Navigate } from "react-router";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { useFilters } from "../../../ui/filters";
import { Page } from "../../../ui/Page";
import { actions } from "../texts";
import { FromMcp } from "./FromMcp";
import { FromOpenApi } from "./FromOpenApi";
import { FromCurl, FromJson } from "./FromText";
import { ImportResult } from "./ImportResult";
import { importing } from "./texts";

const WAYS = ["openapi", "curl", "json", "mcp"] as const;
type Way = (typeof WAYS)[number];

export function Import() {
  const say = useTexts(importing);
  const named = useTexts(actions);
  const builds = useMayBuild();
  const phone = useMediaQuery("(max-width: 30em)");
  const queries = useQueryClient();
  const [filters, set] = useFilters(["from"]);
  const [result, setResult] = useState<Result | null>(null);
  const from = WAYS.find(one => one === filters.from) ?? "openapi";
  const done = (found: Result) => {
    setResult(found);
    for (const path of ["/v1/actions", "/v1/connections", "/v1/secrets"]) {
      void queries.invalidateQueries({ queryKey: ["get", path] });
    }
  };
  if (!builds) return <Navigate to="/actions" replace />;
  const ways: Readonly<Record<Way, ReactNode>> = {
    openapi: <FromOpenApi done={done} />,
    curl: <FromCurl done={done} />,
    json: <FromJson done={done} />,
    mcp: <FromMcp done={done} />,
  };
  return (
    <Page title={say("title")} lead={say("lead")} trail={[["/actions", named("title")]]}>
      {result ? (
        <Stack maw={820}>
          <ImportResult result={result} />
          <Group gap="xs">
            <Button component={Link} to="/actions">
              {say("toList")}
            </Button>
            <Button variant="default" onClick={() => setResult(null)}>
              {say("more")}
            </Button>
          </Group>
        </Stack>
      ) : (
        <>
          <Group>
            <SegmentedControl
              orientation={phone ? "vertical" : "horizontal"}
              fullWidth={phone}
              aria-label={say("from")}
              value={from}
              onChange={value => set({ from: value === "openapi" ? "" : value })}
              data={WAYS.map(value => ({ value, label: say(value) }))}
            />
          </Group>
          {ways[from]}
        </>
      )}
    </Page>
  );
}
