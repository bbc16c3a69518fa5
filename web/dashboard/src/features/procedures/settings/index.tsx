/** A procedure's settings, in tabs; they change the draft, which is saved by itself. */

import type { Procedure } from "@deskhand/contract";
import type { Doc } from "@deskhand/flow";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, useEffect, useRef, useState } from "react";
import { Navigate, useNavigate, useNavigation, useParams } from "react-router";
import { $api, api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useStore } from "../../../editor/store";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Loaded } from "../../../ui/Loaded";
import { Frame, SETTINGS_TABS, type SettingsTab } from "../Frame";
import { Keeper, type Server } from "./keeping";
import { Slug } from "./Slug";
import { TrySentence } from "./TrySentence";
import { settings } from "./texts";

const TABS = {
  general: lazy(() => import("./General")),
  variables: lazy(() => import("./Variables")),
  triggers: lazy(() => import("./Triggers")),
  boundary: lazy(() => import("./Boundary")),
} as const;

export default function Settings() {
  const { slug = "", tab = "" } = useParams();
  const query = $api.useQuery("get", "/v1/procedures/{slug}", { params: { path: { slug } } });
  const found = SETTINGS_TABS.find(one => one === tab);
  if (!found) return <Navigate to={`/procedures/${slug}/settings/general`} replace />;
  return (
    <Loaded query={query} page>
      {of => <Opened key={of.created_at} of={of} tab={found} />}
    </Loaded>
  );
}

function Opened({ of, tab }: { of: Procedure; tab: SettingsTab }) {
  const builds = useMayBuild();
  const keeper = useKeeper(of);
  const document = useStore(keeper, kept => kept.document);
  const base = useStore(keeper, kept => kept.base);
  const open = builds && base.status !== "archived";
  const change = open ? keeper.change : undefined;
  const Content = TABS[tab];
  return (
    <Frame of={{ ...base, name: typeof document.name === "string" ? document.name : base.name }} tab={tab}>
      <State keeper={keeper} open={open} archived={base.status === "archived"} />
      <Content document={document} change={change} problems={base.problems} />
      {tab === "general" && <Slug of={base} change={change && (slug => keeper.change(now => ({ ...now, slug })))} />}
      {tab === "triggers" && <TrySentence slug={base.slug} document={document} />}
    </Frame>
  );
}

function useKeeper(of: Procedure): Keeper {
  const queries = useQueryClient();
  const follow = useFollowing();
  const [keeper] = useState(
    () =>
      new Keeper(of, server, (procedure, before) => {
        const at = (slug: string) => ["get", "/v1/procedures/{slug}", { params: { path: { slug } } }];
        queries.setQueryData(at(procedure.slug), procedure);
        void queries.invalidateQueries({ queryKey: ["get", "/v1/procedures"] });
        if (procedure.slug !== before) follow(before, procedure.slug);
      }),
  );
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => {
      const { kind } = keeper.get().saving;
      if (kind !== "saved" && kind !== "joined") event.preventDefault();
    };
    window.addEventListener("beforeunload", stay);
    return () => {
      window.removeEventListener("beforeunload", stay);
      void keeper.flush();
    };
  }, [keeper]);
  return keeper;
}

/** Gives a screen of a procedure the address that it has under its new slug; whoever has gone elsewhere stays there. */
function useFollowing(): (before: string, slug: string) => void {
  const navigate = useNavigate();
  const next = useNavigation().location;
  const leaving = useRef(next);
  leaving.current = next;
  return (before, slug) => {
    const { pathname, search } = leaving.current ?? window.location;
    const old = `/procedures/${before}`;
    if (!`${pathname}/`.startsWith(`${old}/`)) return;
    void navigate(`/procedures/${slug}${pathname.slice(old.length)}${search}`, { replace: true });
  };
}

const server: Server = {
  save: async (slug, document, basedOn) => {
    const body = { document: document as Procedure["document"], based_on: basedOn };
    return whole((await api.PUT("/v1/procedures/{slug}", { params: { path: { slug } }, body })).data);
  },
  load: async slug => whole((await api.GET("/v1/procedures/{slug}", { params: { path: { slug } } })).data),
};

function whole(procedure: Procedure | undefined): Procedure {
  if (!procedure) throw new Error("the procedure came back empty");
  return procedure;
}

interface StateProps {
  readonly keeper: Keeper;
  readonly open: boolean;
  readonly archived: boolean;
}

/** Whether all of it is saved, and what to do where it is not. */
function State({ keeper, open, archived }: StateProps) {
  const say = useTexts(settings);
  const saving = useStore(keeper, kept => kept.saving);
  if (!open) return <Text fz="sm">{say(archived ? "archivedNote" : "readOnly")}</Text>;
  if (saving.kind === "failed") return <ErrorNote error={saving.error} retry={() => void keeper.flush()} />;
  if (saving.kind === "conflict") {
    const what = saving.clashes.map(one => one.name).join(", ");
    return (
      <Alert color="orange" title={say("conflict")} role="alert" maw={680}>
        <Stack gap="xs" align="flex-start">
          <Text fz="sm">{say("conflictText", { what })}</Text>
          <Group gap="xs">
            <Button size="compact-sm" onClick={keeper.keepMine}>
              {say("keepMine")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={keeper.takeTheirs}>
              {say("takeTheirs")}
            </Button>
          </Group>
        </Stack>
      </Alert>
    );
  }
  return (
    <Text fz="sm" c="dimmed" role="status">
      {say(saving.kind)}
      {saving.kind === "saved" && `. ${say("toPublish")}`}
    </Text>
  );
}

/** The tabs by themselves, for whoever shows a draft another way. */
export type { TabProps } from "./fields";
export type { Doc };
export { TABS as SETTINGS_TAB_CONTENTS };
