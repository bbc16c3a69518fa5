import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { CodeEditor } from "../../ui/Code";
import { Copy } from "../../ui/Copy";
import { Confirm } from "../../ui/confirm";
import { Loaded } from "../../ui/Loaded";
import { useLeading } from "../../ui/place";
import { type Doc, toSend } from "./model";
import { madeUp } from "./templates";
import { actions } from "./texts";
import { Uses } from "./Uses";

export type Form = "yaml" | "json" | "curl";

/** The action as text, to copy or to keep as a file. */
export function ExportDialog({ doc, form, close }: { doc: Doc; form: Form; close: () => void }) {
  const say = useTexts(actions);
  const title = { yaml: say("exportYaml"), json: say("exportJson"), curl: say("copyCurl") }[form];
  const query = useQuery({
    queryKey: ["export", form, doc],
    queryFn: () => (form === "curl" ? asCurl(doc) : exported(doc.slug, form)),
    retry: false,
  });
  const file = `${doc.slug}.${form === "curl" ? "sh" : form}`;
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{title}</Text>} size="lg">
      <Loaded query={query}>
        {({ text, leftOut }) => (
          <Stack>
            {leftOut.length > 0 && (
              <Alert color="yellow" role="note">
                {say("leftOut", { fields: leftOut.join(", ") })}
              </Alert>
            )}
            <CodeEditor
              label={title}
              language={form === "curl" ? "text" : form}
              value={text}
              readOnly
              maxHeight="55vh"
            />
            <Group justify="flex-end" gap="xs">
              <Copy value={text} />
              <Button
                component="a"
                variant="default"
                leftSection={<IconDownload size={16} />}
                href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
                download={file}
              >
                {say("download")}
              </Button>
            </Group>
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}

interface AsText {
  readonly text: string;
  readonly leftOut: readonly string[];
}

async function exported(slug: string, form: "yaml" | "json"): Promise<AsText> {
  const { data } = await api.GET("/v1/actions/{slug}/export", { params: { path: { slug }, query: { form } } });
  return { text: data?.text ?? "", leftOut: data?.left_out ?? [] };
}

async function asCurl(doc: Doc): Promise<AsText> {
  const values = Object.fromEntries((doc.variables ?? []).map(one => [one.name, madeUp(one)]));
  const { data } = await api.POST("/v1/try-action", {
    body: {
      document: { ...toSend(doc), draft: true } as never,
      values,
      dry: true,
      agent: "default",
      language: "en",
      context: {},
    },
  });
  if (data?.curl) return { text: data.curl, leftOut: [] };
  throw new Error([data?.problem, ...(data?.invalid ?? []), ...(data?.hints ?? [])].filter(Boolean).join(" "));
}

/** Asks before an action is removed, and says what uses it. */
export function RemoveDialog({ doc, close, removed }: { doc: Doc; close: () => void; removed: () => void }) {
  const say = useTexts(actions);
  const lead = useLeading();
  const queries = useQueryClient();
  const run = async () => {
    await api.DELETE("/v1/actions/{slug}", { params: { path: { slug: doc.slug } } });
    removed();
    await lead("/actions");
    queries.removeQueries({ queryKey: ["get", "/v1/actions/{slug}"] });
    await queries.invalidateQueries({ queryKey: ["get", "/v1/actions"] });
  };
  return (
    <Confirm
      opened
      close={close}
      title={say("removeTitle", { name: doc.name })}
      action={say("remove")}
      danger
      run={run}
    >
      <Stack gap="sm">
        <span>{say("removeText")}</span>
        <strong>{say("usedBy")}</strong>
        <Uses of="action" slug={doc.slug} none={say("unusedText")} />
      </Stack>
    </Confirm>
  );
}
