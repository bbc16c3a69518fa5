/** The buttons above the canvas: versions, and publishing. */

import { Button, Tooltip } from "@mantine/core";
import { IconRocket, IconVersions } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useSearchParams } from "react-router";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { ui } from "../../ui/texts";
import { useDraftState } from "../context";
import { publishing } from "./texts";

const PublishDialog = lazy(async () => ({ default: (await import("./PublishDialog")).PublishDialog }));
const Versions = lazy(async () => ({ default: (await import("./Versions")).Versions }));

export default function Bar() {
  const say = useTexts(publishing);
  const general = useTexts(ui);
  const [search] = useSearchParams();
  const wanted = search.has("publish") ? "publish" : search.get("panel") === "versions" ? "versions" : null;
  const [open, setOpen] = useState<"publish" | "versions" | null>(wanted);
  const mayBuild = useMayBuild();
  const locked = useDraftState(state => state.readOnly !== null || state.broken !== null);
  const close = () => setOpen(null);
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconVersions size={15} />} onClick={() => setOpen("versions")}>
        {say("versions")}
      </Button>
      <Tooltip label={general("buildersOnly")} disabled={mayBuild}>
        <Button
          size="xs"
          leftSection={<IconRocket size={15} />}
          disabled={!mayBuild || locked}
          onClick={() => setOpen("publish")}
        >
          {say("publish")}
        </Button>
      </Tooltip>
      <Suspense>
        {open === "publish" && <PublishDialog close={close} />}
        {open === "versions" && <Versions close={close} />}
      </Suspense>
    </>
  );
}
