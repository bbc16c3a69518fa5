/** The tests beside a procedure: all of them at once, each with what came out differently, and what none of them takes. */

import type { Script, StoredTest, TestVerdict, TestVerdicts } from "@deskhand/contract";
import { ActionIcon, Badge, Button, Group, List, Menu, Modal, Progress, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconDots, IconFlask, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Confirm } from "../../ui/confirm";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { canvasPaint } from "../paint";
import type { PanelProps } from "../panel";
import { Refusal } from "./Refusal";
import { expectation, TESTS } from "./SaveTest";
import classes from "./Tests.module.css";
import { testing } from "./texts";

interface Props extends PanelProps {
  /** Open a test's script in the flow. */
  readonly open: (script: Script) => void;
  readonly toFlow: () => void;
}

export function Tests({ open, toFlow, ...panel }: Props) {
  const say = useTexts(testing);
  const { slug, document, onSelect, onPaint } = panel;
  const tests = $api.useQuery("get", TESTS, { params: { path: { slug } } });
  const run = useMutation<TestVerdicts>({
    mutationFn: async () => {
      const { data } = await api.POST(`${TESTS}/run`, {
        params: { path: { slug } },
        body: { document: { ...document }, only: null },
      });
      if (!data) throw new Error("the verdicts came back empty");
      return data;
    },
  });
  const verdict = (id: string) => run.data?.items.find(one => one.id === id);
  return (
    <Loaded query={tests}>
      {found =>
        found.items.length === 0 ? (
          <Empty icon={IconFlask} title={say("noTests")} action={<Button onClick={toFlow}>{say("toFlow")}</Button>}>
            {say("noTestsText")}
          </Empty>
        ) : (
          <Stack gap="sm">
            <Group justify="space-between">
              <Button
                leftSection={<IconPlayerPlay size={15} />}
                loading={run.isPending}
                onClick={() => run.mutate()}
                size="xs"
              >
                {say("runAll")}
              </Button>
              {run.data && (
                <Text fz="sm" aria-live="polite">
                  {say("passedCount", {
                    passed: run.data.items.filter(one => one.passed).length,
                    all: run.data.items.length,
                  })}
                </Text>
              )}
            </Group>
            {run.error && <Refusal error={run.error} onSelect={onSelect} retry={() => run.mutate()} />}
            {run.data && <Coverage verdicts={run.data} onSelect={onSelect} />}
            <ul className={classes.list}>
              {found.items.map(test => (
                <Test
                  key={test.id}
                  test={test}
                  verdict={verdict(test.id)}
                  slug={slug}
                  open={() => open(test.script)}
                  rerun={() => run.mutate()}
                  look={one => onPaint(canvasPaint(one.report.paint, slug, null))}
                />
              ))}
            </ul>
          </Stack>
        )
      }
    </Loaded>
  );
}

function Coverage({ verdicts, onSelect }: { verdicts: TestVerdicts; onSelect: (step: string) => void }) {
  const say = useTexts(testing);
  const share = verdicts.branches ? (100 * verdicts.covered) / verdicts.branches : 100;
  const told = say("coverage", { covered: verdicts.covered, all: verdicts.branches });
  return (
    <Stack gap={4}>
      <Progress value={share} aria-label={told} color={share === 100 ? "teal" : undefined} />
      <Text fz="xs" c="dimmed">
        {told}
      </Text>
      {verdicts.never.length > 0 && (
        <details>
          <summary className={classes.summary}>{say("neverTaken")}</summary>
          <List size="xs" mt={4}>
            {verdicts.never.map(one => (
              <List.Item key={`${one.step} ${one.exit} ${one.to}`}>
                <button type="button" className={classes.branch} onClick={() => onSelect(one.step)}>
                  {one.step} · {one.exit} → {one.to}
                </button>
              </List.Item>
            ))}
          </List>
        </details>
      )}
    </Stack>
  );
}

interface TestProps {
  readonly test: StoredTest;
  readonly verdict: TestVerdict | undefined;
  readonly slug: string;
  readonly open: () => void;
  readonly rerun: () => void;
  readonly look: (verdict: TestVerdict) => void;
}

function Test({ test, verdict, slug, open, rerun, look }: TestProps) {
  const say = useTexts(testing);
  return (
    <li className={classes.test} data-verdict={verdict ? (verdict.passed ? "passed" : "failed") : undefined}>
      <Group gap={8} wrap="nowrap" justify="space-between" align="flex-start">
        <Group gap={8} wrap="nowrap" align="flex-start">
          <Mark verdict={verdict} />
          <button
            type="button"
            className={classes.name}
            onClick={open}
            onMouseEnter={() => verdict && look(verdict)}
            onFocus={() => verdict && look(verdict)}
          >
            {test.name}
          </button>
        </Group>
        <Actions {...{ test, verdict, slug, open, rerun }} />
      </Group>
      {verdict && !verdict.passed && (
        <List size="sm" mt={4} pl={30}>
          {verdict.differences.map(one => (
            <List.Item key={one}>{one}</List.Item>
          ))}
        </List>
      )}
      {!verdict && (
        <Text fz="xs" c="dimmed" pl={30}>
          {say("notRun")}
        </Text>
      )}
    </li>
  );
}

function Mark({ verdict }: { verdict: TestVerdict | undefined }) {
  const say = useTexts(testing);
  if (!verdict) return <Badge circle size="md" color="gray" aria-hidden />;
  const Sign = verdict.passed ? IconCheck : IconX;
  return (
    <Badge
      circle
      size="md"
      color={verdict.passed ? "teal" : "red"}
      role="img"
      aria-label={say(verdict.passed ? "passes" : "fails")}
    >
      <Sign size={12} />
    </Badge>
  );
}

function Actions({ test, verdict, slug, open, rerun }: Omit<TestProps, "look">) {
  const say = useTexts(testing);
  const [asking, setAsking] = useState<"remove" | "rename" | null>(null);
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ["get", TESTS] });
  const path = { slug, id: test.id };
  const save = async (changes: Partial<StoredTest>) => {
    const body = { name: test.name, script: test.script, expected: test.expected, ...changes };
    await api.PUT(`${TESTS}/{id}`, { params: { path }, body });
    await refresh();
  };
  const accept = useMutation({
    mutationFn: async (of: TestVerdict) => {
      const { expected } = test;
      const wanted = {
        steps: expected.steps !== null,
        called: expected.called !== null,
        said: expected.said.length > 0,
      };
      await save({ expected: { ...expectation(of.report, wanted), variables: {} } });
    },
    onSuccess: rerun,
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={test.name}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={open}>{say("open")}</Menu.Item>
          {verdict && !verdict.passed && (
            <Menu.Item onClick={() => accept.mutate(verdict)} title={say("acceptHint")}>
              {say("accept")}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setAsking("rename")}>{say("rename")}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsking("remove")}>
            {say("remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {accept.error && <ErrorNote error={accept.error} />}
      <Confirm
        opened={asking === "remove"}
        close={() => setAsking(null)}
        title={say("removeTitle", { name: test.name })}
        action={say("remove")}
        danger
        run={async () => {
          await api.DELETE(`${TESTS}/{id}`, { params: { path } });
          await refresh();
        }}
      >
        {say("removeText")}
      </Confirm>
      {asking === "rename" && <Rename test={test} save={name => save({ name })} close={() => setAsking(null)} />}
    </>
  );
}

interface RenameProps {
  readonly test: StoredTest;
  readonly save: (name: string) => Promise<void>;
  readonly close: () => void;
}

function Rename({ test, save, close }: RenameProps) {
  const say = useTexts(testing);
  const [name, setName] = useState(test.name);
  const change = useMutation({ mutationFn: () => save(name.trim()), onSuccess: close });
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{say("rename")}</Text>}>
      <form
        onSubmit={event => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={say("name")}
            value={name}
            maxLength={100}
            onChange={event => setName(event.currentTarget.value)}
            data-autofocus
            required
          />
          {change.error && <ErrorNote error={change.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending}>
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
