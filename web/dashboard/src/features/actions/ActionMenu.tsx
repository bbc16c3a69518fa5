import { ActionIcon, Menu, Modal } from "@mantine/core";
import { IconCode, IconCopy, IconDots, IconFileExport, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { useLeading } from "../../ui/place";
import { ExportDialog, type Form, RemoveDialog } from "./Dialogs";
import { useActions } from "./editing";
import { type Doc, requestOf, slugOf } from "./model";
import { actions } from "./texts";
import { useSaving } from "./useSaving";

interface Props {
  readonly doc: Doc;
  readonly dirty: boolean;
  readonly removed: () => void;
}

/** What else can be done with an action. */
export function ActionMenu({ doc, removed }: Props) {
  const say = useTexts(actions);
  const builds = useMayBuild();
  const lead = useLeading();
  const [form, setForm] = useState<Form | null>(null);
  const [removing, setRemoving] = useState(false);
  const saving = useSaving();
  const taken = useActions().map(one => one.slug);
  const duplicate = async () => {
    const name = say("duplicated", { name: doc.name }).slice(0, 100);
    let slug = slugOf(name);
    for (let number = 2; taken.includes(slug); number++) slug = `${slugOf(name).slice(0, 60)}-${number}`;
    const made = await saving.save({ ...doc, name, slug, draft: true }, null);
    if (made) void lead(`/actions/${made.slug}`);
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size={36} variant="default" aria-label={say("more")}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {builds && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void duplicate()}>
              {say("duplicate")}
            </Menu.Item>
          )}
          {builds && requestOf(doc) && (
            <Menu.Item leftSection={<IconCode size={16} />} onClick={() => setForm("curl")}>
              {say("copyCurl")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconFileExport size={16} />} onClick={() => setForm("yaml")}>
            {say("exportYaml")}
          </Menu.Item>
          {doc.kind !== "mcp" && doc.kind !== "javascript" && (
            <Menu.Item leftSection={<IconFileExport size={16} />} onClick={() => setForm("json")}>
              {say("exportJson")}
            </Menu.Item>
          )}
          {builds && (
            <>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
                {say("remove")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={saving.error !== null} onClose={saving.forget} title={say("duplicate")}>
        {saving.error !== null && <ErrorNote error={saving.error} />}
      </Modal>
      {form && <ExportDialog doc={doc} form={form} close={() => setForm(null)} />}
      {removing && <RemoveDialog doc={doc} close={() => setRemoving(false)} removed={removed} />}
    </>
  );
}
