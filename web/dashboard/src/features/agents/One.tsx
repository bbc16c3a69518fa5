import type { ShownAgent } from "@deskhand/contract";
import { Button, Tooltip } from "@mantine/core";
import { IconMessageCircle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useParams } from "react-router";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { CopyId } from "../../ui/Copy";
import { Confirm } from "../../ui/confirm";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { useLeading } from "../../ui/place";
import { TalkButton } from "../../ui/TalkButton";
import { BEGUN } from "./drafts";
import { Editing } from "./Editing";
import { agents } from "./texts";
import { NEW } from "./useSaving";

/** One agent: what it is and may do, its widget, live chat, and lead form. */
export default function One() {
  const { slug = "", tab } = useParams();
  const say = useTexts(agents);
  const builds = useMayBuild();
  const [gone, setGone] = useState(false);
  const query = $api.useQuery(
    "get",
    "/v1/agents/{slug}",
    { params: { path: { slug } } },
    { enabled: slug !== NEW && !gone, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  const trail = [["/agents", say("title")]] as const;
  if (slug === NEW) {
    if (tab) return <Navigate to="/agents/new" replace />;
    return (
      <Page title={say("add")} trail={trail} width="narrow">
        <Editing key={NEW} of={BEGUN} />
      </Page>
    );
  }
  return (
    <Page
      title={query.data?.name ?? slug}
      trail={trail}
      lead={<CopyId id={slug} />}
      width="narrow"
      actions={
        <>
          {query.data?.kind === "customer" && (
            <TalkButton agent={slug} variant="default" leftSection={<IconMessageCircle size={16} />}>
              {say("tryIt")}
            </TalkButton>
          )}
          {builds && query.data && <Remove of={query.data} removed={() => setGone(true)} />}
        </>
      }
    >
      <Loaded query={query}>{of => <Editing key={of.slug} of={of} gone={gone} />}</Loaded>
    </Page>
  );
}

function Remove({ of, removed }: { of: ShownAgent; removed: () => void }) {
  const say = useTexts(agents);
  const queries = useQueryClient();
  const lead = useLeading();
  const [asked, setAsked] = useState(false);
  const stays = of.slug === "default";
  const run = async () => {
    await api.DELETE("/v1/agents/{slug}", { params: { path: { slug: of.slug } } });
    removed();
    await lead("/agents");
    await queries.invalidateQueries({ queryKey: ["get", "/v1/agents"] });
  };
  return (
    <>
      <Tooltip label={say("defaultHint")} disabled={!stays}>
        <Button variant="subtle" color="red" disabled={stays} onClick={() => setAsked(true)}>
          {say("remove")}
        </Button>
      </Tooltip>
      <Confirm
        opened={asked}
        close={() => setAsked(false)}
        title={say("removeTitle", { name: of.name })}
        action={say("remove")}
        danger
        run={run}
      >
        {say("removeText")}
      </Confirm>
    </>
  );
}
