import type { ShownPassage, WholeSource } from "@deskhand/contract";
import { Alert, Anchor, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPencil, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { CopyId } from "../../ui/Copy";
import { Confirm } from "../../ui/confirm";
import { ErrorNote } from "../../ui/ErrorNote";
import { Facts } from "../../ui/Facts";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { useLeading } from "../../ui/place";
import { Ago } from "../../ui/time";
import classes from "./Knowledge.module.css";
import { SourceForm } from "./SourceForm";
import { State } from "./SourceList";
import { knowledge } from "./texts";

/** One source: how it is, what was read of it, and how it is changed. */
export default function Source() {
  const { slug = "" } = useParams();
  const say = useTexts(knowledge);
  const builds = useMayBuild();
  const [{ edit }, change] = useFilters(["edit", "question"]);
  const query = $api.useQuery(
    "get",
    "/v1/sources/{slug}",
    { params: { path: { slug } } },
    { refetchInterval: ({ state }) => (state.data?.state === "fetching" ? 2_000 : false) },
  );
  const of = query.data;
  const editing = builds && edit !== "";
  return (
    <Page
      title={of?.name ?? slug}
      trail={[["/knowledge/sources", say("title")]]}
      beside={of && <State of={of} />}
      actions={of && builds && !editing && <Acts of={of} edit={() => change({ edit: "1" })} />}
      width={editing ? "narrow" : undefined}
    >
      <Loaded query={query}>
        {source =>
          editing ? (
            <SourceForm of={source} done={() => change({ edit: "", question: "" })} />
          ) : (
            <>
              {source.problem && (
                <Alert color="red" title={say("problem")} role="alert">
                  {source.problem} {source.passages > 0 && say("problemKept")}
                </Alert>
              )}
              <SimpleGrid cols={{ base: 1, md: 2 }}>
                <About of={source} />
                <Passages slug={slug} stamp={source.crawled_at ?? source.updated_at} />
              </SimpleGrid>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Acts({ of, edit }: { of: WholeSource; edit: () => void }) {
  const say = useTexts(knowledge);
  const queries = useQueryClient();
  const lead = useLeading();
  const [asked, setAsked] = useState(false);
  const params = { path: { slug: of.slug } };
  const fresh = () =>
    queries.invalidateQueries({ predicate: one => String(one.queryKey[1]).startsWith("/v1/sources") });
  const crawling = $api.useMutation("post", "/v1/sources/{slug}/crawl", { onSettled: fresh });
  const remove = async () => {
    await api.DELETE("/v1/sources/{slug}", { params });
    await lead("/knowledge/sources");
    await fresh();
  };
  return (
    <>
      {of.kind === "page" && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={crawling.isPending}
          onClick={() => crawling.mutate({ params })}
        >
          {say("crawl")}
        </Button>
      )}
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={edit}>
        {say("edit")}
      </Button>
      <Button variant="subtle" color="red" onClick={() => setAsked(true)}>
        {say("remove")}
      </Button>
      {crawling.error && <ErrorNote error={crawling.error} />}
      <Confirm
        opened={asked}
        close={() => setAsked(false)}
        title={say("removeTitle", { name: of.name })}
        action={say("remove")}
        danger
        run={remove}
      >
        {say("removeText")}
      </Confirm>
    </>
  );
}

function About({ of }: { of: WholeSource }) {
  const say = useTexts(knowledge);
  return (
    <Card title={say("state")}>
      <Facts
        facts={[
          [say("kind"), say(of.kind)],
          [
            say("address"),
            of.url && (
              <Anchor href={of.url} target="_blank" rel="noreferrer" fz="sm">
                {of.url}
              </Anchor>
            ),
          ],
          [say("language"), of.language],
          [say("topics"), of.topics.join(", ")],
          [say("crawled"), of.crawled_at && <Ago at={of.crawled_at} />],
          [say("next"), of.crawl_at && <Ago at={of.crawl_at} />],
          [say("updated"), <Ago key="updated" at={of.updated_at} />],
          [say("slug"), <CopyId key="slug" id={of.slug} />],
        ]}
      />
    </Card>
  );
}

const AT_ONCE = 20;

function Passages({ slug, stamp }: { slug: string; stamp: string }) {
  const say = useTexts(knowledge);
  const query = useInfiniteQuery({
    queryKey: ["get", "/v1/sources/{slug}/passages", slug, stamp],
    queryFn: async ({ pageParam, signal }) => {
      const params = { path: { slug }, query: { after: pageParam, limit: AT_ONCE } };
      return (await api.GET("/v1/sources/{slug}/passages", { params, signal })).data?.items ?? [];
    },
    initialPageParam: 0,
    getNextPageParam: page => (page.length === AT_ONCE ? page.at(-1)?.number : undefined),
  });
  return (
    <Card title={say("passagesTitle")}>
      <Loaded query={query}>
        {({ pages }) => (
          <Stack gap="sm">
            <Text fz="xs" c="dimmed">
              {say(pages[0]?.length ? "passagesHint" : "noPassages")}
            </Text>
            {pages.flat().map(one => (
              <Passage key={one.number} of={one} />
            ))}
            {query.hasNextPage && (
              <div>
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {say("morePassages")}
                </Button>
              </div>
            )}
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}

/** A passage with what stands above it. */
export function Passage({ of }: { of: ShownPassage }) {
  const say = useTexts(knowledge);
  return (
    <blockquote className={classes.passage}>
      <Group gap={6}>
        <Text fz="xs" c="dimmed">
          {[...new Set([of.title, ...of.headings])].filter(Boolean).join(" › ")}
        </Text>
        {of.page !== null && (
          <Text fz="xs" c="dimmed">
            {say("pageNumber", { page: of.page })}
          </Text>
        )}
      </Group>
      {of.question && (
        <Text fz="sm" fw={600}>
          {of.question}
        </Text>
      )}
      <Text fz="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {of.text}
      </Text>
    </blockquote>
  );
}
