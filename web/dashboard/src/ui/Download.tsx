import { Button, Popover, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { ownPage } from "../api/client";
import { problemOf, Unreachable } from "../api/problem";
import { sentence } from "./ErrorNote";

interface Props {
  /** Where the file is, with its query. */
  readonly path: string;
  /** What the file is called where the server does not say. */
  readonly name: string;
  readonly label: string;
  /** What the button does, where `label` is short. */
  readonly aria?: string;
  readonly compact?: boolean;
}

/** A button that saves a file of the service; what goes wrong is told beside it. */
export function Download({ path, name, label, aria, compact }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await saveFile(path, name);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Popover opened={error !== null} onChange={() => setError(null)} position="bottom-end" withArrow>
      <Popover.Target>
        <Button
          variant="default"
          size={compact ? "compact-sm" : "sm"}
          leftSection={<IconDownload size={16} />}
          loading={busy}
          aria-label={aria}
          onClick={() => void save()}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <Text fz="sm" role="alert">
          {error === null ? "" : sentence(error)}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Fetch a file and hand it to the browser. Throws Problem or Unreachable. */
async function saveFile(path: string, name: string): Promise<void> {
  const response = await fetch(path, { headers: ownPage(), credentials: "same-origin" }).catch(() => {
    throw new Unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  const told = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = told ?? name;
  link.click();
  URL.revokeObjectURL(address);
}
