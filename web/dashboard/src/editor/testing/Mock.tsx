/** Choosing what an API answers: the sample, a bad day, or an answer of one's own. */

import type { MockResponse } from "@deskhand/contract";
import { Button, Group, Modal, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { CodeEditor } from "../../ui/Code";
import { usual, usualName } from "./script";
import { testing } from "./texts";

interface Props {
  /** What is chosen; undefined is the sample response. */
  readonly mock: MockResponse | undefined;
  readonly sample: unknown;
  readonly onChange: (mock: MockResponse | null) => void;
  readonly label?: string;
  /** What stands there while nothing is chosen. */
  readonly placeholder?: string;
}

const NAMES = { "401": "m401", "404": "m404", "500": "m500", timeout: "mTimeout", refused: "mRefused" } as const;

/** A select of usual answers, with a dialog for any other. */
export function Mock({ mock, sample, onChange, label, placeholder }: Props) {
  const say = useTexts(testing);
  const [own, setOwn] = useState(false);
  const chosen = mock === undefined ? "sample" : (usualName(mock) ?? (isSample(mock, sample) ? "sample" : "own"));
  const choose = (id: string | null) => {
    if (id === "own") setOwn(true);
    else if (id === "sample") onChange(null);
    else onChange(usual(id));
  };
  return (
    <>
      <Select
        size="xs"
        label={label}
        aria-label={label ?? say("answers")}
        value={placeholder && mock === undefined ? null : chosen}
        placeholder={placeholder}
        onChange={choose}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        data={[
          { value: "sample", label: say("sample") },
          ...Object.entries(NAMES).map(([value, key]) => ({ value, label: say(key) })),
          { value: "own", label: chosen === "own" ? `${say("mOwnShort")} (${mock?.status ?? 200})` : say("mOwn") },
        ]}
      />
      {own && (
        <OwnAnswer
          from={mock ?? { status: 200, body: sample ?? null }}
          close={() => setOwn(false)}
          use={one => {
            onChange(one);
            setOwn(false);
          }}
        />
      )}
    </>
  );
}

function isSample(mock: MockResponse, sample: unknown): boolean {
  return mock.status === 200 && !mock.failure && JSON.stringify(mock.body ?? null) === JSON.stringify(sample ?? null);
}

function OwnAnswer({ from, use, close }: { from: MockResponse; use: (mock: MockResponse) => void; close: () => void }) {
  const say = useTexts(testing);
  const [status, setStatus] = useState<number | string>(from.status);
  const [body, setBody] = useState(() => JSON.stringify(from.body ?? null, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const take = () => {
    try {
      const value: unknown = body.trim() === "" ? null : JSON.parse(body);
      use({ status: Number(status) || 200, body: value, failure: null });
    } catch (error) {
      setProblem(say("notJson", { problem: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{say("ownTitle")}</Text>}>
      <Stack gap="sm">
        <NumberInput label={say("status")} min={100} max={599} value={status} onChange={setStatus} w={120} />
        <div>
          <Text fz="sm" fw={500} mb={4}>
            {say("body")}
          </Text>
          <CodeEditor label={say("body")} language="json" value={body} onChange={setBody} minHeight={140} />
        </div>
        {problem && (
          <Text fz="sm" c="red" role="alert">
            {problem}
          </Text>
        )}
        <Group justify="flex-end">
          <Button onClick={take}>{say("use")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
