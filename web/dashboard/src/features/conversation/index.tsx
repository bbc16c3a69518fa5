/** The page of one conversation: everything that happened in it, step by step. */

import { Alert, Button, Chip, Group, Text } from "@mantine/core";
import { IconListDetails, IconMessages } from "@tabler/icons-react";
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { $api } from "../../api/client";
import { useLive } from "../../api/live";
import { useTexts } from "../../i18n/language";
import { CopyId } from "../../ui/Copy";
import { Empty } from "../../ui/Empty";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { nameOf } from "../inbox/names";
import { OfConversation } from "../talk/Files";
import { ActStatus } from "../talk/Status";
import classes from "./Conversation.module.css";
import { Durations } from "./Durations";
import { Item } from "./Item";
import { Runs } from "./Runs";
import { conversation, GROUPS, type Group as GroupName } from "./texts";
import { useTarget } from "./useTarget";
import { useTimeline, type WholeTimeline } from "./useTimeline";

export default function ConversationPage() {
  const { id = "" } = useParams();
  const say = useTexts(conversation);
  const known = $api.useQuery("get", "/v1/conversations/{id}", { params: { path: { id } } });
  useLive(["/v1/conversations/{id}"], hint => hint.kind === "changed" && hint.body.conversation === id);
  const timeline = useTimeline(id);
  const name = known.data ? nameOf(known.data) || say("unknown") : "…";
  return (
    <Page
      title={say("title", { name })}
      trail={[["/conversations", say("list")]]}
      lead={<CopyId id={id} />}
      width="full"
      actions={
        <Button component={Link} to={`/inbox/${id}`} leftSection={<IconMessages size={16} />}>
          {say("answer")}
        </Button>
      }
    >
      <OfConversation id={id}>
        <Loaded query={timeline}>{data => <Everything data={data} customer={name} />}</Loaded>
      </OfConversation>
    </Page>
  );
}

function Everything({ data, customer }: { data: WholeTimeline; customer: string }) {
  const say = useTexts(conversation);
  const [{ show }, change] = useFilters(["show"]);
  const groups = useMemo(() => chosen(show), [show]);
  const target = useTarget(data);
  if (!data.items.length) {
    return (
      <Empty icon={IconListDetails} title={say("empty")}>
        {say("emptyText")}
      </Empty>
    );
  }
  const shown = data.items.filter(item => groups.includes(item.group) || item.id === target.entry);
  return (
    <div className={classes.page}>
      <section aria-label={say("timeline")}>
        <Chip.Group
          multiple
          value={groups}
          onChange={value => change({ show: value.length === GROUPS.length ? "" : value.join(",") || "none" })}
        >
          <Group gap={6} mb="sm" role="group" aria-label={say("show")}>
            {GROUPS.map(group => (
              <Chip key={group} value={group} size="xs" variant="light">
                {say(group)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {shown.length === 0 && (
          <Empty icon={IconListDetails} title={say("noneShown")}>
            {say("noneShownText")}
          </Empty>
        )}
        <ol className={classes.items}>
          {shown.map(item => (
            <Item key={item.id} item={item} runs={data.runs} target={item.id === target.entry} customer={customer} />
          ))}
        </ol>
        {data.underWay.map(act => (
          <Alert key={`${act.step} ${act.seq}`} color="blue" mt="sm" title={say("underWay")}>
            <Group gap="xs">
              <Text fz="sm">{say("k_call_http", { step: act.step })}</Text>
              <ActStatus status={act.status} />
            </Group>
          </Alert>
        ))}
        {data.later && (
          <Group justify="center" py="md">
            <Button variant="default" onClick={data.later} loading={data.loadingLater}>
              {say("later")}
            </Button>
          </Group>
        )}
      </section>
      <aside className={classes.side}>
        <Runs runs={data.runs} target={target.run} />
        <Durations spans={data.spans} items={data.items} />
      </aside>
    </div>
  );
}

function chosen(show: string): GroupName[] {
  if (!show) return [...GROUPS];
  const wanted = show.split(",");
  return GROUPS.filter(group => wanted.includes(group));
}
