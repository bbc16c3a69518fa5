/** Settings, E-mail: whether any is sent, and what was written while none was. */

import type { operations } from "@deskhand/contract";
import { Alert, Drawer, Stack, Text } from "@mantine/core";
import { IconMail, IconMailOff } from "@tabler/icons-react";
import { $api, api } from "../../../api/client";
import { useMe } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { Facts } from "../../../ui/Facts";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { Prose } from "../../../ui/Prose";
import { usePages } from "../../../ui/pages";
import { Ago, At } from "../../../ui/time";
import { Section } from "../Section";
import { mail } from "./texts";

type Mail = operations["list_mail"]["responses"][200]["content"]["application/json"]["items"][number];

export default function MailSection() {
  const say = useTexts(mail);
  const standing = $api.useQuery("get", "/v1/mailbox", { params: { query: { limit: 1 } } });
  return (
    <Section title={say("title")} lead={say("lead")}>
      <Loaded query={standing}>
        {({ sends }) => (
          <Stack>
            <Alert
              color={sends ? "teal" : "yellow"}
              icon={sends ? <IconMail size={18} /> : <IconMailOff size={18} />}
              title={say(sends ? "sends" : "stays")}
            >
              <Prose text={say(sends ? "sendsText" : "staysText")} />
            </Alert>
            <Mailbox sends={sends} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

/** The local mailbox, newest first. */
function Mailbox({ sends }: { sends: boolean }) {
  const say = useTexts(mail);
  const list = usePages<Mail>("/v1/mailbox", {}, (cursor, signal) =>
    api.GET("/v1/mailbox", { params: { query: { cursor } }, signal }),
  );
  const columns = useColumns();
  return (
    <Loaded query={list}>
      {rows =>
        rows.length > 0 ? (
          <>
            <DataTable
              label={say("mailbox")}
              rows={rows}
              columns={columns}
              id={row => row.id}
              to={row => `/settings/mail?mail=${row.id}`}
              more={list.more}
              loadingMore={list.loadingMore}
            />
            <Opened rows={rows} />
          </>
        ) : (
          <Empty icon={IconMail} title={say("empty")}>
            {say(sends ? "emptySent" : "emptyText")}
          </Empty>
        )
      }
    </Loaded>
  );
}

function useColumns(): readonly Column<Mail>[] {
  const say = useTexts(mail);
  return [
    { id: "subject", title: say("subject"), cell: row => row.subject },
    {
      id: "to",
      title: say("to"),
      cell: row => (
        <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
          {row.to}
        </Text>
      ),
    },
    { id: "at", title: say("at"), width: 150, cell: row => <Ago at={row.at} /> },
  ];
}

/** The e-mail that the address names. */
function Opened({ rows }: { rows: readonly Mail[] }) {
  const say = useTexts(mail);
  const me = useMe();
  const [{ mail: id }, change] = useFilters(["mail"]);
  const row = rows.find(one => one.id === id);
  return (
    <Drawer
      opened={row !== undefined}
      onClose={() => change({ mail: "" })}
      position="right"
      size="lg"
      title={<Text fw={650}>{row?.subject}</Text>}
    >
      {row && (
        <Stack>
          <Facts
            facts={[
              [say("to"), row.to],
              [say("at"), <At key="at" at={row.at} />],
            ]}
          />
          <Text fz="sm" component="div" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {row.body}
          </Text>
          {me.role !== "owner" && (
            <Text fz="xs" c="dimmed">
              {say("masked")}
            </Text>
          )}
        </Stack>
      )}
    </Drawer>
  );
}
