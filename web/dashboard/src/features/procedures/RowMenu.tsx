/** What can be done with a procedure, behind three dots. */

import type { ProcedureSummary } from "@deskhand/contract";
import { ActionIcon, Menu, Radio, Stack, Text } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconPencil,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Confirm } from "../../ui/confirm";
import { useLeading } from "../../ui/place";
import { useActs } from "./acts";
import { useFailing } from "./Failure";
import { procedures } from "./texts";

type Asked = "archive" | "remove" | null;

interface Props {
  readonly of: ProcedureSummary;
  /** Where to go once it is gone. */
  readonly away?: string;
}

export function RowMenu({ of, away }: Props) {
  const say = useTexts(procedures);
  const builds = useMayBuild();
  const acts = useActs();
  const lead = useLeading();
  const { fail, forget } = useFailing();
  const [asked, setAsked] = useState<Asked>(null);
  if (!builds) return null;
  const go = async (title: string, act: () => Promise<unknown>) => {
    forget();
    try {
      await act();
    } catch (error) {
      fail(title, error);
    }
  };
  const duplicate = async () => lead(`/procedures/${await acts.duplicate(of)}`);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={say("more", { name: of.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {of.status !== "archived" && (
            <Menu.Item component={Link} to={`/procedures/${of.slug}/edit`} leftSection={<IconPencil size={16} />}>
              {say("edit")}
            </Menu.Item>
          )}
          <Menu.Item
            component={Link}
            to={`/procedures/${of.slug}/settings/general`}
            leftSection={<IconSettings size={16} />}
          >
            {say("settings")}
          </Menu.Item>
          <Menu.Item
            onClick={() => void go(say("duplicateFailed", { name: of.name }), duplicate)}
            leftSection={<IconCopy size={16} />}
          >
            {say("duplicate")}
          </Menu.Item>
          <Menu.Divider />
          {of.status === "archived" ? (
            <Menu.Item
              onClick={() => void go(say("restoreFailed", { name: of.name }), () => acts.restore(of))}
              leftSection={<IconArchiveOff size={16} />}
            >
              {say("restore")}
            </Menu.Item>
          ) : (
            <Menu.Item onClick={() => setAsked("archive")} leftSection={<IconArchive size={16} />}>
              {say("archive")}
            </Menu.Item>
          )}
          {of.active_version === null && (
            <Menu.Item color="red" onClick={() => setAsked("remove")} leftSection={<IconTrash size={16} />}>
              {say("remove")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Archive of={of} opened={asked === "archive"} close={() => setAsked(null)} />
      <Confirm
        opened={asked === "remove"}
        close={() => setAsked(null)}
        title={say("removeTitle", { name: of.name })}
        action={say("remove")}
        danger
        run={async () => {
          await acts.remove(of);
          if (away) await lead(away);
        }}
      >
        {say("removeText")}
      </Confirm>
    </>
  );
}

function Archive({ of, opened, close }: { of: ProcedureSummary; opened: boolean; close: () => void }) {
  const say = useTexts(procedures);
  const acts = useActs();
  const [stop, setStop] = useState("finish");
  return (
    <Confirm
      opened={opened}
      close={close}
      title={say("archiveTitle", { name: of.name })}
      action={say("archive")}
      run={() => acts.archive(of, stop === "stop")}
    >
      <Stack gap="sm">
        <Text fz="sm">{say("archiveText")}</Text>
        <Radio.Group label={say("openRuns")} value={stop} onChange={setStop}>
          <Stack gap={6} mt={6}>
            <Radio value="finish" label={say("letFinish")} />
            <Radio value="stop" label={say("stopRuns")} />
          </Stack>
        </Radio.Group>
      </Stack>
    </Confirm>
  );
}
