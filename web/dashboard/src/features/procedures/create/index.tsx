/** Makes a procedure: by type, from an example, from YAML, or empty. */

import type { Procedure } from "@deskhand/contract";
import { Modal, Tabs, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTexts } from "../../../i18n/language";
import { useLeading } from "../../../ui/place";
import { ByType } from "./ByType";
import { FromTemplate } from "./FromTemplate";
import { FromYaml } from "./FromYaml";
import { OnlyName } from "./OnlyName";
import { creating } from "./texts";

interface Props {
  /** The tab: `type`, `template`, `yaml`, `empty`. */
  readonly how: string;
  readonly choose: (how: string) => void;
  readonly close: () => void;
}

const TABS = { type: ByType, template: FromTemplate, yaml: FromYaml, empty: OnlyName } as const;
const NAMES = Object.keys(TABS) as (keyof typeof TABS)[];

export default function CreateDialog({ how, choose, close }: Props) {
  const say = useTexts(creating);
  const lead = useLeading();
  const queries = useQueryClient();
  const made = async ({ slug }: Pick<Procedure, "slug">) => {
    await queries.invalidateQueries({ queryKey: ["get", "/v1/procedures"] });
    await lead(`/procedures/${slug}/edit`);
  };
  return (
    <Modal opened onClose={close} size="xl" title={<Text fw={650}>{say("title")}</Text>} centered={false}>
      <Tabs value={NAMES.find(name => name === how) ?? "type"} onChange={value => value && choose(value)} keepMounted>
        <Tabs.List mb="md">
          {NAMES.map(name => (
            <Tabs.Tab key={name} value={name}>
              {say(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {NAMES.map(name => {
          const Content = TABS[name];
          return (
            <Tabs.Panel key={name} value={name}>
              <Content made={made} />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Modal>
  );
}
