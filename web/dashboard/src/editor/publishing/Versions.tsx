/** The versions of a procedure: who published what when and why; read, compared, and made the draft again. */

import type { Procedure, Version } from "@deskhand/contract";
import { Badge, Button, Drawer, Group, Select, Skeleton, Stack, Text } from "@mantine/core";
import { IconArrowLeft, IconVersions } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { CodeEditor } from "../../ui/Code";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { At } from "../../ui/time";
import { useDraft, useDraftState } from "../context";
import { Compared } from "./Compared";
import { publishing } from "./texts";
import classes from "./Versions.module.css";

type Looking =
  | { readonly at: "list" }
  | { readonly at: "one"; readonly version: number }
  | { readonly at: "two"; readonly from: number; readonly to: number | "draft" };

export function Versions({ close }: { close: () => void }) {
  const say = useTexts(publishing);
  const slug = useDraftState(state => state.slug);
  const name = useDraftState(state => String(state.document.name ?? state.slug));
  const [looking, look] = useState<Looking>({ at: "list" });
  const versions = $api.useQuery("get", "/v1/procedures/{slug}/versions", { params: { path: { slug } } });
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={looking.at === "list" ? "md" : "min(1080px, 96vw)"}
      title={<Text fw={650}>{say("versionsTitle", { name })}</Text>}
    >
      <Stack gap="sm">
        {looking.at !== "list" && (
          <Group>
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconArrowLeft size={14} />}
              onClick={() => look({ at: "list" })}
            >
              {say("back")}
            </Button>
          </Group>
        )}
        <Loaded query={versions}>
          {found =>
            looking.at === "one" ? (
              <One version={looking.version} />
            ) : looking.at === "two" ? (
              <Two from={looking.from} to={looking.to} versions={found.items} look={look} />
            ) : (
              <All versions={found.items} look={look} />
            )
          }
        </Loaded>
      </Stack>
    </Drawer>
  );
}

interface AllProps {
  readonly versions: readonly Version[];
  readonly look: (at: Looking) => void;
}

function All({ versions, look }: AllProps) {
  const say = useTexts(publishing);
  const live = useDraftState(state => state.activeVersion);
  const locked = useDraftState(state => state.readOnly !== null);
  const mayBuild = useMayBuild();
  const restore = useRestore();
  if (!versions.length)
    return (
      <Empty icon={IconVersions} title={say("noVersions")}>
        {say("noVersionsText")}
      </Empty>
    );
  return (
    <>
      {restore.note}
      <ol className={classes.list}>
        {versions.map(one => (
          <li key={one.version} className={classes.version}>
            <Group gap={8}>
              <Text fw={600} fz="sm">
                {say("version", { version: one.version })}
              </Text>
              {one.version === live && <Badge color="teal">{say("isLive")}</Badge>}
              <Text fz="xs" c="dimmed">
                <At at={one.published_at} /> {say("by", { by: one.published_by })}
              </Text>
            </Group>
            {one.note && <Text fz="sm">{one.note}</Text>}
            <Group gap={4} mt={4}>
              <Button size="compact-xs" variant="default" onClick={() => look({ at: "one", version: one.version })}>
                {say("look")}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => look({ at: "two", from: one.version, to: "draft" })}
              >
                {say("compare")}
              </Button>
              {mayBuild && !locked && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={restore.busy === one.version}
                  onClick={() => restore.run(one.version)}
                >
                  {say("restore")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Makes a version the draft, and the draft that it replaced the draft again. */
function useRestore() {
  const say = useTexts(publishing);
  const draft = useDraft();
  const [before, setBefore] = useState<Procedure["document"] | null>(null);
  const slug = draft.get().slug;
  const restore = useMutation({
    mutationFn: async (version: number) => {
      if (!(await draft.flush())) throw new Error(say("notSaved"));
      const { data } = await api.POST("/v1/procedures/{slug}/versions/{number}/restore", {
        params: { path: { slug, number: version } },
        body: { based_on: draft.get().revision },
      });
      if (!data) throw new Error("the restored version came back empty");
      return data;
    },
    onSuccess: data => {
      setBefore(data.before.document);
      draft.adopt(data.procedure);
    },
  });
  const undo = useMutation({
    mutationFn: async (document: Procedure["document"]) => {
      const { data } = await api.PUT("/v1/procedures/{slug}", {
        params: { path: { slug } },
        body: { document, based_on: draft.get().revision },
      });
      if (!data) throw new Error("the draft came back empty");
      return data;
    },
    onSuccess: procedure => {
      setBefore(null);
      draft.adopt(procedure);
    },
  });
  const error = restore.error ?? undo.error;
  const note = (
    <div aria-live="polite">
      {error && <ErrorNote error={error} />}
      {before && restore.variables !== undefined && (
        <Group gap={8} mb="xs">
          <Text fz="sm">{say("restored", { version: restore.variables })}</Text>
          <Button size="compact-sm" variant="light" loading={undo.isPending} onClick={() => undo.mutate(before)}>
            {say("undo")}
          </Button>
        </Group>
      )}
      {undo.isSuccess && !before && <Text fz="sm">{say("undone")}</Text>}
    </div>
  );
  return {
    note,
    busy: restore.isPending ? restore.variables : null,
    run: (version: number) => {
      undo.reset();
      restore.mutate(version);
    },
  };
}

function One({ version }: { version: number }) {
  const say = useTexts(publishing);
  const slug = useDraftState(state => state.slug);
  const query = $api.useQuery("get", "/v1/procedures/{slug}/versions/{number}", {
    params: { path: { slug, number: version } },
  });
  return (
    <Loaded query={query} waiting={<Skeleton h={240} />}>
      {found => (
        <Stack gap={6}>
          <Text fw={600}>{say("version", { version })}</Text>
          {found.note && <Text fz="sm">{found.note}</Text>}
          <CodeEditor
            label={say("version", { version })}
            language="yaml"
            value={found.yaml}
            readOnly
            maxHeight="72vh"
          />
        </Stack>
      )}
    </Loaded>
  );
}

interface TwoProps extends AllProps {
  readonly from: number;
  readonly to: number | "draft";
}

function Two({ from, to, versions, look }: TwoProps) {
  const say = useTexts(publishing);
  const { slug, activeVersion } = useDraftState(state => state);
  const options = versions.map(one => ({
    value: String(one.version),
    label: say("version", { version: one.version }),
  }));
  const choose = (value: string | null) =>
    value && look({ at: "two", from, to: value === "draft" ? "draft" : Number(value) });
  return (
    <Stack gap="sm">
      <Select
        label={say("compareWith", { from: say("version", { version: from }) })}
        value={String(to)}
        data={[{ value: "draft", label: say("draft") }, ...options.filter(one => one.value !== String(from))]}
        onChange={choose}
        allowDeselect={false}
        maw={280}
      />
      <Compared key={`${from} ${to}`} slug={slug} from={from} to={to} live={activeVersion} />
    </Stack>
  );
}
