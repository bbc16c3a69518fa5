import { Button } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTexts } from "../i18n/language";
import { Empty } from "./Empty";
import { ui } from "./texts";

/** Filters that leave nothing, with a way out. */
export function NoMatch({ clear }: { clear: () => void }) {
  const say = useTexts(ui);
  return (
    <Empty
      icon={IconSearch}
      title={say("noneMatch")}
      action={
        <Button variant="default" onClick={clear}>
          {say("clear")}
        </Button>
      }
    >
      {say("noneMatchText")}
    </Empty>
  );
}
