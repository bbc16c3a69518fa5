import type { Operation, ImportResult as Result } from "@deskhand/contract";
import {
  Badge,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Progress,
  ScrollArea,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconArrowLeft, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { METHODS } from "../model";
import { type Becomes, useBecoming } from "./becoming";
import type { Source } from "./FromOpenApi";
import classes from "./Import.module.css";
import { importing } from "./texts";

interface Props {
  readonly source: Source;
  readonly operations: readonly Operation[];
  readonly done: (result: Result) => void;
  readonly back: () => void;
}

/** Which operations become actions, and what becomes of each. */
export function PickOperations({ source, operations, done, back }: Props) {
  const say = useTexts(importing);
  const [q, setQ] = useState("");
  const [method, setMethod] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [base, setBase] = useState("");
  const [connection, setConnection] = useState("");
  const [replace, setReplace] = useState(false);
  const becoming = useBecoming(source, operations);
  const storing = $api.useMutation("post", "/v1/import/openapi", { onSuccess: done });
  const shown = useMemo(() => operations.filter(one => matches(one, q, method)), [operations, q, method]);
  const all = shown.length > 0 && shown.every(one => chosen.has(one.id));
  const some = shown.some(one => chosen.has(one.id));
  const toggle = (ids: readonly string[], on: boolean) =>
    setChosen(before => new Set(on ? [...before, ...ids] : [...before].filter(id => !ids.includes(id))));
  const go = () =>
    storing.mutate({
      body: {
        ...source,
        operations: [...chosen],
        tags: [],
        base_url: base.trim() || null,
        connection: connection.trim() || null,
        replace,
        dry: false,
      },
    });
  return (
    <Stack maw={900}>
      <Group justify="space-between">
        <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={14} />} onClick={back}>
          {say("otherDescription")}
        </Button>
        <Text fz="sm" c="dimmed" role="status">
          {say("operations", { count: operations.length })}, {say("chosen", { count: chosen.size })}
        </Text>
      </Group>
      <Group gap="xs">
        <TextInput
          aria-label={say("find")}
          placeholder={say("find")}
          leftSection={<IconSearch size={16} />}
          value={q}
          onChange={event => setQ(event.currentTarget.value)}
          flex="1 1 240px"
        />
        <NativeSelect
          aria-label={say("method")}
          data={[{ value: "", label: say("allMethods") }, ...METHODS]}
          value={method}
          onChange={event => setMethod(event.currentTarget.value)}
        />
      </Group>
      <Checkbox
        label={say("selectAll")}
        checked={all}
        indeterminate={some && !all}
        onChange={event =>
          toggle(
            shown.map(one => one.id),
            event.currentTarget.checked,
          )
        }
        disabled={shown.length === 0}
      />
      <ScrollArea.Autosize mah={440} type="auto" className={classes.list}>
        {shown.length === 0 && (
          <Text fz="sm" p="sm">
            {say(operations.length ? "noneShown" : "noOperations")}
          </Text>
        )}
        {shown.map(one => (
          <Row
            key={one.id}
            operation={one}
            becomes={becoming(one)}
            checked={chosen.has(one.id)}
            onChange={on => toggle([one.id], on)}
          />
        ))}
      </ScrollArea.Autosize>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={say("baseUrl")}
          description={say("baseUrlHint")}
          value={base}
          onChange={event => setBase(event.currentTarget.value)}
        />
        <TextInput
          label={say("connection")}
          description={say("connectionHint")}
          value={connection}
          onChange={event => setConnection(event.currentTarget.value)}
        />
      </SimpleGrid>
      <Checkbox label={say("replace")} checked={replace} onChange={event => setReplace(event.currentTarget.checked)} />
      {storing.isPending && <Progress value={100} animated aria-label={say("importing")} />}
      {storing.error && <ErrorNote error={storing.error} />}
      <Group>
        <Button onClick={go} disabled={chosen.size === 0} loading={storing.isPending}>
          {say("import", { count: chosen.size })}
        </Button>
      </Group>
    </Stack>
  );
}

interface RowProps {
  readonly operation: Operation;
  readonly becomes: Becomes | undefined;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}

function Row({ operation, becomes, checked, onChange }: RowProps) {
  const say = useTexts(importing);
  const { doc, refused } = becomes ?? {};
  return (
    <Checkbox
      className={classes.row}
      checked={checked}
      onChange={event => onChange(event.currentTarget.checked)}
      label={
        <div>
          <Group gap="xs">
            <Badge variant="default" miw={64}>
              {operation.method}
            </Badge>
            <Text span ff="monospace" fz="sm" style={{ overflowWrap: "anywhere" }}>
              {operation.path}
            </Text>
          </Group>
          <Text fz="sm">{operation.summary}</Text>
          {doc && (
            <Text fz="xs" c="dimmed">
              {[
                say("becomes", { name: doc.slug }),
                say("needs", { count: doc.variables?.length ?? 0 }),
                ...(doc.irreversible ? [say("irreversible")] : []),
              ].join(" · ")}
            </Text>
          )}
          {refused && (
            <Text fz="xs" c="red">
              {say("refused", { reason: refused })}
            </Text>
          )}
        </div>
      }
    />
  );
}

function matches(one: Operation, q: string, method: string): boolean {
  if (method && one.method.toUpperCase() !== method) return false;
  const text = [one.id, one.path, one.summary, ...one.tags].join(" ").toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
