/** Publishes the draft: what differs from the live version, what keeps it back, which tests fail, and a note. */

import type { FoundProblem, Publication, TestVerdicts } from "@deskhand/contract";
import { Button, Group, Modal, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { IconCircleCheck, IconRocket } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { useDraft, useDraftState } from "../context";
import { stepsOf } from "../panel";
import { Checks, TestsNote } from "./Checks";
import { Compared } from "./Compared";
import { publishing } from "./texts";

interface Props {
  readonly close: () => void;
}

export function PublishDialog({ close }: Props) {
  const say = useTexts(publishing);
  const draft = useDraft();
  const name = useDraftState(state => String(state.document.name ?? state.slug));
  const live = useDraftState(state => state.activeVersion);
  const saved = useSaved();
  const [done, setDone] = useState<Publication | null>(null);
  const lead = (problem: FoundProblem) => {
    close();
    if (problem.step) draft.show(problem.step, problem.place.slice(2));
  };
  return (
    <Modal
      opened
      onClose={close}
      size="min(1080px, 96vw)"
      title={<Text fw={650}>{done ? say("publish") : say(live === null ? "firstTitle" : "title", { name })}</Text>}
    >
      {done ? (
        <Published publication={done} close={close} />
      ) : saved === null ? (
        <Skeleton h={240} aria-label={say("saving")} />
      ) : saved ? (
        <Ready lead={lead} published={setDone} />
      ) : (
        <ErrorNote error={new Error(say("notSaved"))} />
      )}
    </Modal>
  );
}

/** Whether the server has everything; null while that is being seen to. */
function useSaved(): boolean | null {
  const draft = useDraft();
  const [saved, setSaved] = useState<boolean | null>(null);
  useEffect(() => {
    let shown = true;
    void draft.flush().then(all => shown && setSaved(all));
    return () => {
      shown = false;
    };
  }, [draft]);
  return saved;
}

interface ReadyProps {
  readonly lead: (problem: FoundProblem) => void;
  readonly published: (publication: Publication) => void;
}

function Ready({ lead, published }: ReadyProps) {
  const say = useTexts(publishing);
  const draft = useDraft();
  const queries = useQueryClient();
  const { slug, revision, activeVersion, document } = useDraftState(state => state);
  const [note, setNote] = useState("");
  const problems = useChecked(document);
  const errors = problems.data?.filter(one => one.severity === "error") ?? [];
  const tests = useTests(slug, revision, problems.data !== undefined && errors.length === 0);
  const publish = useMutation({
    mutationFn: async () => {
      const { data } = await api.POST("/v1/procedures/{slug}/publish", {
        params: { path: { slug } },
        body: { based_on: revision, note },
      });
      if (!data) throw new Error("the publication came back empty");
      return data;
    },
    onSuccess: data => {
      draft.set({ activeVersion: data.version });
      void queries.invalidateQueries({ predicate: one => String(one.queryKey[1]).startsWith("/v1/procedures") });
      published(data);
    },
  });
  return (
    <Stack gap="md">
      {problems.error && <ErrorNote error={problems.error} retry={() => void problems.refetch()} />}
      <Checks problems={problems.data ?? []} lead={lead} />
      <TestsNote verdicts={tests} broken={errors.length > 0} />
      {activeVersion === null ? (
        <Text fz="sm">
          {say("firstVersion")} {say("steps", { count: stepsOf(document).length })}
        </Text>
      ) : (
        <Compared
          slug={slug}
          from={activeVersion}
          to="draft"
          live={activeVersion}
          onSelect={step => lead({ step, place: [] } as unknown as FoundProblem)}
        />
      )}
      <Textarea
        label={say("note")}
        placeholder={say("notePlaceholder")}
        description={say("noteHint")}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
        maxLength={2000}
        autosize
        minRows={1}
      />
      {publish.error && <ErrorNote error={publish.error} />}
      <Group justify="flex-end">
        <Button
          leftSection={<IconRocket size={16} />}
          loading={publish.isPending}
          disabled={errors.length > 0 || problems.data === undefined}
          onClick={() => publish.mutate()}
        >
          {say("publishAs", { version: (activeVersion ?? 0) + 1 })}
        </Button>
      </Group>
    </Stack>
  );
}

function useChecked(document: object) {
  return useQuery<FoundProblem[]>({
    queryKey: ["publishing", "problems", document],
    queryFn: async ({ signal }) =>
      (await api.POST("/v1/check", { body: { document: { ...document } }, signal })).data?.problems ?? [],
    gcTime: 0,
  });
}

function useTests(slug: string, revision: number, enabled: boolean) {
  return useQuery<TestVerdicts>({
    queryKey: ["publishing", "tests", slug, revision],
    queryFn: async ({ signal }) => {
      const path = { slug };
      const { data } = await api.POST("/v1/procedures/{slug}/tests/run", { params: { path }, signal });
      if (!data) throw new Error("the verdicts came back empty");
      return data;
    },
    enabled,
    retry: false,
    gcTime: 0,
  });
}

function Published({ publication, close }: { publication: Publication; close: () => void }) {
  const say = useTexts(publishing);
  return (
    <Empty
      icon={IconCircleCheck}
      title={say("published", { version: publication.version })}
      action={
        <Button onClick={close} data-autofocus>
          {say("done")}
        </Button>
      }
    >
      {say("publishedText")}
    </Empty>
  );
}
