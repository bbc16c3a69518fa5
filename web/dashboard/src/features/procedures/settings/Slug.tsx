import type { Procedure } from "@deskhand/contract";
import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTexts } from "../../../i18n/language";
import { settings } from "./texts";

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface SlugProps {
  readonly of: Procedure;
  readonly change: ((slug: string) => void) | undefined;
}

/** The slug, which can change until the first version. */
export function Slug({ of, change }: SlugProps) {
  const say = useTexts(settings);
  const [typed, setTyped] = useState(of.slug);
  const fixed = of.active_version !== null;
  const fits = SLUG.test(typed) && typed.length <= 64;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits) change?.(typed);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" maw={640}>
        <TextInput
          flex={1}
          label={say("slug")}
          description={say(fixed ? "slugFixed" : "slugHint")}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
          error={fits ? null : say("slugWrong")}
          readOnly={fixed || !change}
        />
        {!fixed && change && (
          <Button type="submit" variant="default" disabled={!fits || typed === of.slug}>
            {say("slugChange")}
          </Button>
        )}
      </Group>
    </form>
  );
}
