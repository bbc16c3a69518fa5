import {
  Alert,
  Button,
  FileButton,
  Group,
  List,
  Modal,
  NativeSelect,
  Progress,
  Stack,
  Table,
  Text,
} from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { contactsOf, FIELDS, guess, type Table as Rows, readTable, type Target } from "./csv";
import { bring, type Report } from "./importing";
import { contacts } from "./texts";

/** Reads a table, says what its columns are, and brings it in parts. */
export default function ImportDialog({ close }: { close: () => void }) {
  const say = useTexts(contacts);
  const queries = useQueryClient();
  const [table, setTable] = useState<Rows | null>(null);
  const [targets, setTargets] = useState<readonly Target[]>([]);
  const [unreadable, setUnreadable] = useState(false);
  const [report, setReport] = useState<Report | null>(null);
  const read = async (file: File | null) => {
    if (!file) return;
    const found = readTable(await file.text().catch(() => ""));
    setUnreadable(found === null);
    setTable(found);
    setTargets(found ? guess(found.header) : []);
    setReport(null);
  };
  const run = async (rows: Rows) => {
    await bring(contactsOf(rows, targets), setReport);
    await queries.invalidateQueries({ queryKey: ["get", "/v1/contacts"] });
  };
  const busy = report !== null && !report.over;
  const known = targets.includes("id") || targets.includes("email");
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={<Text fw={650}>{say("importTitle")}</Text>}
      closeOnClickOutside={!busy}
      closeOnEscape={!busy}
    >
      <Stack>
        <Text fz="sm">{say("importText")}</Text>
        <Group>
          <FileButton onChange={file => void read(file)} accept=".csv,.tsv,.txt">
            {props => (
              <Button {...props} variant="default" leftSection={<IconUpload size={16} />} disabled={busy}>
                {say(report?.over ? "again" : "chooseFile")}
              </Button>
            )}
          </FileButton>
          <Text fz="sm" c="dimmed" role="status">
            {table ? say("rowsFound", { count: table.rows.length }) : say("noFile")}
          </Text>
        </Group>
        {unreadable && (
          <Alert color="red" role="alert">
            {say("unreadable")}
          </Alert>
        )}
        {table && !report && <Mapping table={table} targets={targets} change={setTargets} />}
        {table && !report && !known && (
          <Text fz="sm" role="alert">
            {say("needsOne")}
          </Text>
        )}
        {report && <Told report={report} />}
        <Group justify="flex-end">
          {table && !report && (
            <Button onClick={() => void run(table)} disabled={!known || table.rows.length === 0}>
              {say("run", { count: table.rows.length })}
            </Button>
          )}
          {report?.over && <Button onClick={close}>{say("done")}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}

interface MappingProps {
  readonly table: Rows;
  readonly targets: readonly Target[];
  readonly change: (targets: readonly Target[]) => void;
}

function Mapping({ table, targets, change }: MappingProps) {
  const say = useTexts(contacts);
  const labels = {
    id: say("externalId"),
    first_name: say("firstName"),
    last_name: say("lastName"),
    email: say("email"),
    phone_number: say("phone"),
  } as const;
  const choices = [
    ...FIELDS.map(value => ({ value, label: labels[value] })),
    { value: "attribute", label: say("asAttribute") },
    { value: "attributes", label: say("attributes") },
    { value: "", label: say("leaveOut") },
  ];
  const choose = (at: number, target: Target) =>
    change(
      targets.map((one, index) => {
        if (index === at) return target;
        return one === target && target !== "attribute" && target !== "" ? "" : one;
      }),
    );
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={say("becomes")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say("column")}</Table.Th>
            <Table.Th>{say("sample")}</Table.Th>
            <Table.Th>{say("becomes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.header.map((name, at) => (
            <Table.Tr key={name}>
              <Table.Td>{name}</Table.Td>
              <Table.Td>
                <Text fz="sm" c="dimmed" lineClamp={1}>
                  {table.rows.find(row => row[at]?.trim())?.[at] ?? ""}
                </Text>
              </Table.Td>
              <Table.Td>
                <NativeSelect
                  size="xs"
                  aria-label={`${say("becomes")}: ${name}`}
                  value={targets[at] ?? ""}
                  onChange={event => choose(at, event.currentTarget.value as Target)}
                  data={choices}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Told({ report }: { report: Report }) {
  const say = useTexts(contacts);
  const { done, all, created, updated, unchanged, refused, error } = report;
  return (
    <Stack gap="xs">
      <Progress value={all ? (done / all) * 100 : 100} aria-label={say("progress", { done, all })} />
      <Group gap="md" role="status">
        <Text fz="sm">{say("progress", { done, all })}</Text>
        <Text fz="sm">{say("created_n", { count: created })}</Text>
        <Text fz="sm">{say("updated_n", { count: updated })}</Text>
        <Text fz="sm">{say("unchanged_n", { count: unchanged })}</Text>
        {refused.length > 0 && (
          <Text fz="sm" c="var(--mantine-color-error)">
            {say("refused_n", { count: refused.length })}
          </Text>
        )}
      </Group>
      {error !== null && (
        <>
          <ErrorNote error={error} />
          <Text fz="sm">{say("stopped")}</Text>
        </>
      )}
      <List fz="sm" spacing={2}>
        {refused.slice(0, 100).map(({ row, reason }) => (
          <List.Item key={row}>
            <b>{say("row", { number: row })}:</b> {reason}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
